using Spectre.Console;

namespace TravelHub.Client.Catalogue;

/// <summary>Shows on a terminal how far an import is.</summary>
internal static class CatalogueProgress
{
    public static Task<IReadOnlyList<CatalogueRefusal>> Show(
        CatalogueImport import, IReadOnlyList<CatalogueEntry> entries, CancellationToken cancellationToken)
    {
        if (Console.IsOutputRedirected)
            return import.Put(entries, _ => { }, cancellationToken);
        return AnsiConsole.Progress().StartAsync(async console =>
        {
            var bar = console.AddTask("catalogue", maxValue: entries.Count);
            return await import.Put(entries, done => bar.Value = done, cancellationToken);
        });
    }
}
