using TravelHub.Api;

try
{
    await GatewayHost.Build(args).RunAsync();
    return 0;
}
catch (Exception e)
{
    // The host has logged where it comes from; whoever started the gateway needs to know why, and no crash of the runtime.
    await Console.Error.WriteLineAsync($"The gateway ended: {e.GetBaseException().Message}");
    return 1;
}
