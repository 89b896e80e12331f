using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using TravelHub.Client.Processes;

namespace TravelHub.Client.Tests.Processes;

public sealed class LoopbackPortsTests
{
    [Fact]
    public void TryTake_WhatAnotherWasGiven_IsFalseThoughNobodyListensYet()
    {
        var owner = $"{Guid.NewGuid()}";
        var port = LoopbackPorts.Choose(owner, ImmutableHashSet<int>.Empty);

        Assert.True(LoopbackPorts.IsFree(port));
        Assert.False(LoopbackPorts.TryTake("another", port));
        Assert.True(LoopbackPorts.TryTake(owner, port));
    }

    [Fact]
    public void TryTake_WhereSomebodyListens_IsFalse()
    {
        var owner = $"{Guid.NewGuid()}";
        using var listener = new TcpListener(IPAddress.Loopback, LoopbackPorts.Choose(owner, ImmutableHashSet<int>.Empty));
        listener.Start();

        Assert.False(LoopbackPorts.TryTake(owner, ((IPEndPoint)listener.LocalEndpoint).Port));
    }
}
