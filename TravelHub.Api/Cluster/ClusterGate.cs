namespace TravelHub.Api.Cluster;

/// <summary>Whether the gateway has found the cluster once; from then on the client finds it again by itself.</summary>
internal sealed class ClusterGate
{
    private volatile bool _isOpen;

    public bool IsOpen => _isOpen;

    public void Open() => _isOpen = true;
}
