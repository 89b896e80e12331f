using Microsoft.Extensions.Options;

namespace TravelHub.PaymentSandbox;

/// <summary>What the sandbox is told at start, in section <c>Sandbox</c>.</summary>
internal sealed class SandboxOptions
{
    /// <summary>The SQLite file that keeps every charge and refund; created when missing, its folder too.</summary>
    /// <value>Required. On a local disk: the write-ahead log does not work across a network.</value>
    public string Store { get; set; } = "";

    /// <summary>The bearer key that every caller shows.</summary>
    /// <value>Required; 16 to 256 characters. Whoever has it can charge and refund.</value>
    public string Key { get; set; } = "";

    /// <summary>The most requests that share one transaction, and so one wait for the disk.</summary>
    /// <value>Default 256; 1 to 4096. More makes a single commit longer, fewer makes more of them.</value>
    public int MaxBatch { get; set; } = 256;

    /// <summary>How long the writer waits for more behind a transaction that served several requests.</summary>
    /// <value>Default 3 ms; 0 to 1 s. A transaction costs about as much for one request as for ten; one caller alone never waits.</value>
    public TimeSpan Gathering { get; set; } = TimeSpan.FromMilliseconds(3);

    /// <summary>How long <c>tok_slow</c> takes before it captures.</summary>
    /// <value>Default 2 s; 0 to 1 min. Shorter than <see cref="HeldAnswer"/>, or slow would be as bad as lost.</value>
    public TimeSpan SlowCharge { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long <c>tok_timeout_after_commit</c> keeps its first answer back.</summary>
    /// <value>Default 30 s; up to 10 min. Longer than any caller's time-out, or the outcome is never unknown to it.</value>
    public TimeSpan HeldAnswer { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>Names everything that is wrong with the options, and with the addresses listened on, in one go.</summary>
internal sealed class SandboxOptionsValidation(IConfiguration configuration) : IValidateOptions<SandboxOptions>
{
    public ValidateOptionsResult Validate(string? name, SandboxOptions options)
    {
        var wrong = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Store))
            wrong.Add("Sandbox:Store is required: the path of the SQLite file.");
        if (options.Key.Length is < 16 or > 256)
            wrong.Add("Sandbox:Key is required, 16 to 256 characters.");
        if (options.MaxBatch is < 1 or > 4096)
            wrong.Add("Sandbox:MaxBatch must be 1 to 4096.");
        if (options.Gathering < TimeSpan.Zero || options.Gathering > TimeSpan.FromSeconds(1))
            wrong.Add("Sandbox:Gathering must be 0 to 1 s.");
        if (options.SlowCharge < TimeSpan.Zero || options.SlowCharge > TimeSpan.FromMinutes(1))
            wrong.Add("Sandbox:SlowCharge must be 0 to 1 min.");
        if (options.HeldAnswer <= options.SlowCharge || options.HeldAnswer > TimeSpan.FromMinutes(10))
            wrong.Add("Sandbox:HeldAnswer must be longer than Sandbox:SlowCharge, up to 10 min.");
        foreach (var url in (configuration["Urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !address.IsLoopback)
                wrong.Add($"Urls: {url} is not a loopback address; the key would cross the network in the clear.");

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
