using TravelHub.Silo;

if (args is [RebuildHost.Verb, .. var rest])
    return await RebuildHost.Run(rest);

await SiloHost.Build(args).RunAsync();
return 0;
