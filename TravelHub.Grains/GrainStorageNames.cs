namespace TravelHub.Grains;

/// <summary>The grain storages that a silo has to offer.</summary>
public static class GrainStorageNames
{
    /// <summary>Keeps what is not a history: catalogue entries.</summary>
    public const string Catalog = "catalog";

    /// <summary>Keeps what is known of payment replicas: their health, and the faults that they were given.</summary>
    public const string Health = "health";
}
