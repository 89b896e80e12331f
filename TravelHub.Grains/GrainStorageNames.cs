namespace TravelHub.Grains;

/// <summary>The grain storages that a silo has to offer.</summary>
public static class GrainStorageNames
{
    /// <summary>Keeps what is not a history: catalogue entries.</summary>
    public const string Catalog = "catalog";
}
