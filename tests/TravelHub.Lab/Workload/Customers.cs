namespace TravelHub.Lab.Workload;

/// <summary>Lets customers come while something is done, and waits for their last answers.</summary>
internal static class Customers
{
    /// <param name="faults">The load ends when it returns.</param>
    /// <param name="patience">How long the last answers may take.</param>
    public static async Task Run(
        LabLoad load, IGateway gateway, History history, Func<Task> faults, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        using var isOver = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var clients = Enumerable.Range(1, load.Clients)
            .Select(number => new LabClient(number, load, gateway, history, time).Run(isOver.Token, giveUp.Token)).ToList();
        var customers = Task.WhenAll(clients);
        try
        {
            // A client that throws has found a mistake of the lab; the load must not go on without it.
            var playing = faults();
            await await Task.WhenAny(playing, FirstFailure(clients));
        }
        finally
        {
            await isOver.CancelAsync();
            giveUp.CancelAfter(patience);
        }

        history.EndLoad();
        try
        {
            await customers;
        }
        finally
        {
            history.End();
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private static async Task FirstFailure(List<Task> clients)
    {
        await foreach (var ended in Task.WhenEach(clients))
            await ended;
    }
}
