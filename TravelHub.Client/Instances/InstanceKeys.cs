namespace TravelHub.Client.Instances;

/// <summary>The keys that the gateway takes, one a role. They are made for development and kept for the instance's life.</summary>
internal sealed record InstanceKeys(string Client, string Operator, string Researcher)
{
    public static InstanceKeys New() => new($"th_client_{Secret.New()}", $"th_operator_{Secret.New()}", $"th_researcher_{Secret.New()}");
}
