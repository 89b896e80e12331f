using TravelHub.Client.Http;

namespace TravelHub.Client.Catalogue;

/// <summary>Puts a set of properties into the catalogue. Harmless to repeat.</summary>
/// <param name="callers">How many are put at once.</param>
internal sealed class CatalogueImport(TravelHubClient client, int callers = 8)
{
    /// <summary>Puts all of them; one that is refused does not keep the others out.</summary>
    /// <param name="onDone">Told how many are over after each; called from several threads, one at a time.</param>
    /// <returns>What was refused, in the order of the entries.</returns>
    public async Task<IReadOnlyList<CatalogueRefusal>> Put(
        IReadOnlyList<CatalogueEntry> entries, Action<int> onDone, CancellationToken cancellationToken)
    {
        var refusals = new CatalogueRefusal?[entries.Count];
        var gate = new Lock();
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = callers, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, entries.Count, options, async (i, token) =>
        {
            try
            {
                await client.PutProperty(entries[i].Id, entries[i].Property, token);
            }
            catch (TravelHubException e)
            {
                refusals[i] = new CatalogueRefusal(i + 1, entries[i].Id, e);
            }

            lock (gate)
                onDone(++done);
        });
        return refusals.OfType<CatalogueRefusal>().ToList();
    }
}

/// <param name="Entry">Its place among the entries, from 1.</param>
internal sealed record CatalogueRefusal(int Entry, string Id, TravelHubException Why)
{
    public override string ToString() => $"entry {Entry} ({Id}): {Why.Message}";
}
