using TravelHub.Silo;

await SiloHost.Build(args).RunAsync();
