using TravelHub.Silo;

if (args is [RebuildHost.Verb, .. var rest])
    return await RebuildHost.Run(rest);
if (args is [AnalyticsRebuildHost.Verb, .. var figures])
    return await AnalyticsRebuildHost.Run(figures);

try
{
    await SiloHost.Build(args).RunAsync();
    return 0;
}
catch (Exception e)
{
    // The host has logged where it comes from; whoever started the silo needs to know why, and no crash of the runtime.
    await Console.Error.WriteLineAsync($"The silo ended: {e.GetBaseException().Message}");
    return 1;
}
