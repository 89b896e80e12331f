using TravelHub.Silo;

if (args is [RebuildHost.Verb, .. var rest])
    return await RebuildHost.Run(rest);
if (args is [AnalyticsRebuildHost.Verb, .. var figures])
    return await AnalyticsRebuildHost.Run(figures);

await SiloHost.Build(args).RunAsync();
return 0;
