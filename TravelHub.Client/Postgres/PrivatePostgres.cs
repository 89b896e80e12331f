using System.Collections.Immutable;
using System.Globalization;
using System.Net.Sockets;

using Npgsql;

using TravelHub.Client.Processes;

namespace TravelHub.Client.Postgres;

/// <summary>
/// A PostgreSQL server of our own: its files are in one folder, it listens on 127.0.0.1 only and asks for a password. It outlives
/// the program that started it unless it is stopped; the next start then attaches to it.
/// </summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    public const string UserName = "travelhub";

    private const string PortSetting = "port";
    private const int StartAttempts = 12;
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(50);

    /// <summary>A server that was killed with much to recover takes its time.</summary>
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(5);

    private static readonly ImmutableDictionary<string, string> DefaultSettings = ImmutableDictionary<string, string>.Empty
        .Add("listen_addresses", "127.0.0.1")
        .Add("unix_socket_directories", "")
        .Add("fsync", "on")
        .Add("max_connections", "200")
        .Add("shared_buffers", "256MB")
        // After a checkpoint the server's log gets a whole page at each one's first change, and keys are random: 20 of a booking's 44 records were pages.
        // Fewer checkpoints write fewer of them; a crash has more to replay.
        .Add("max_wal_size", "2GB")
        .Add("checkpoint_timeout", "10min")
        // An open transaction holds back every reader of the log; a client that forgot one must not hold them for ever.
        .Add("idle_in_transaction_session_timeout", "60s");

    private readonly PostgresBinaries _binaries;
    private readonly PostgresAccount _account = PostgresAccount.OfThisProcess();
    private readonly PostgresFiles _files;
    private readonly TimeProvider _clock = TimeProvider.System;
    private ImmutableDictionary<string, string> _settings;
    private ProcessIdentity? _process;

    private PrivatePostgres(PostgresBinaries binaries, string folder, string password, IReadOnlyDictionary<string, string>? settings)
    {
        _binaries = binaries;
        _files = new PostgresFiles(folder);
        _settings = DefaultSettings.SetItems(settings ?? ImmutableDictionary<string, string>.Empty);
        Password = password;
    }

    public string Password { get; }

    public int Port { get; private set; }

    /// <summary>The server's first process.</summary>
    public ProcessIdentity Process => _process ?? throw new InvalidOperationException("The server was never started.");

    public int ProcessId => Process.Pid;

    /// <summary>Where the server writes what it has to say.</summary>
    public string LogPath => _files.Log;

    /// <summary>Creates the cluster if the folder has none, and starts the server, or attaches to the one that runs there.</summary>
    /// <param name="binaries">PostgreSQL's programs.</param>
    /// <param name="folder">Holds all the server's files. When run as root it is given to the user that PostgreSQL runs as.</param>
    /// <param name="password">The superuser's. Null makes one up; an existing cluster needs the one it was made with.</param>
    /// <param name="settings">Override the defaults. A <c>port</c> is a wish: if another program has it, another is chosen.</param>
    /// <param name="cancellationToken">Leaves no server that this call has started.</param>
    /// <exception cref="CommandFailure">The server cannot start here; carries the reason.</exception>
    public static async Task<PrivatePostgres> Start(
        PostgresBinaries binaries,
        string folder,
        string? password = null,
        IReadOnlyDictionary<string, string>? settings = null,
        CancellationToken cancellationToken = default)
    {
        var postgres = new PrivatePostgres(binaries, folder, password ?? Secret.New(), settings);
        if (postgres._files.AreInitialised && password is null)
            throw new CommandFailure($"The cluster in {postgres._files.Folder} exists; it needs the password that it was made with.");
        if (!await postgres.TryAttach(cancellationToken))
        {
            await postgres.Prepare(cancellationToken);
            await postgres.StartServer(mayMove: true, cancellationToken);
        }

        return postgres;
    }

    /// <summary>How to connect to a database of this server.</summary>
    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = UserName,
        Password = Password,
        Database = database,
        // Three silos, a gateway and some tools share max_connections.
        MaxPoolSize = 40,
    }.ConnectionString;

    /// <summary>Starts the server again on the port that its clients know.</summary>
    public Task Restart(CancellationToken cancellationToken) => StartServer(mayMove: false, cancellationToken);

    /// <summary>Returns once the server's first process has ended.</summary>
    public Task WaitForExit(CancellationToken cancellationToken) => Process.WaitForExit(_clock, cancellationToken);

    /// <summary>Ends all sessions and stops the server; nothing that was committed is lost, nor would be by <see cref="Kill"/>.</summary>
    public Task Stop() => Stop(_binaries, _files.Folder);

    /// <summary>Stops the server that runs in a folder, if one does.</summary>
    /// <param name="mode">As <c>pg_ctl</c> takes it: <c>fast</c> ends all sessions in order, <c>immediate</c> is a crash.</param>
    /// <returns>Whether one did.</returns>
    public static async Task<bool> Stop(PostgresBinaries binaries, string folder, string mode = "fast")
    {
        var files = new PostgresFiles(folder);
        if (Postmaster.Find(files.Data) is not { } postmaster)
            return false;
        var account = PostgresAccount.OfThisProcess();
        string[] arguments = ["stop", "-D", files.Data, "-w", "-t", "60", "-s", "-m"];
        await account.Run(binaries.PgCtl, [.. arguments, mode], files.Folder, CancellationToken.None);
        if (postmaster.Process.IsAlive)
            await account.Run(binaries.PgCtl, [.. arguments, "immediate"], files.Folder, CancellationToken.None);
        return true;
    }

    /// <summary>Ends the server as a power cut would.</summary>
    public async Task Kill()
    {
        Signals.End(Process);
        await WaitForExit(CancellationToken.None);
    }

    public async ValueTask DisposeAsync() => await Stop();

    private async Task<bool> TryAttach(CancellationToken cancellationToken)
    {
        var startTimestamp = _clock.GetTimestamp();
        while (Postmaster.Find(_files.Data) is { } postmaster)
        {
            Port = postmaster.Port;
            _process = postmaster.Process;
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
                await connection.OpenAsync(cancellationToken);
                return true;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidPassword)
            {
                throw new CommandFailure($"A PostgreSQL server runs in {_files.Folder}, but it does not take the password kept for it.", e);
            }
            catch (NpgsqlException e) when (e.IsTransient || e.InnerException is SocketException)
            {
                if (_clock.GetElapsedTime(startTimestamp) > LongestStart)
                    throw new CommandFailure($"A PostgreSQL server (pid {ProcessId}) runs in {_files.Folder} but does not answer.", e);
                // It is starting or stopping: which of them is clear as soon as it answers or is gone.
                await Task.Delay(PollPeriod, _clock, cancellationToken);
            }
        }

        return false;
    }

    private async Task Prepare(CancellationToken cancellationToken)
    {
        _files.CreateFolder();
        await _account.Own(_files.Folder, cancellationToken);
        await _account.RequireAccess(_files.Folder, cancellationToken);
        await _account.RequireAccess(_binaries.Folder, cancellationToken);
        if (!_files.AreInitialised)
            await _files.Initialise(_binaries, _account, Password, cancellationToken);
    }

    private async Task StartServer(bool mayMove, CancellationToken cancellationToken)
    {
        if (Port == 0 && _settings.TryGetValue(PortSetting, out var wish))
            Port = int.Parse(wish, CultureInfo.InvariantCulture);
        var backOff = FirstBackOff;
        for (var attempt = 1; ; attempt++)
        {
            if (mayMove && (Port == 0 || !LoopbackPorts.TryTake(_files.Folder, Port)))
                Port = LoopbackPorts.Choose(_files.Folder, ImmutableHashSet<int>.Empty);
            _settings = _settings.SetItem(PortSetting, Port.ToString(CultureInfo.InvariantCulture));
            _files.WriteSettings(_settings);
            if (await TryStartServer(cancellationToken) is not { } complaint)
                return;
            if (attempt == StartAttempts || !MayPass(complaint))
                throw new CommandFailure($"PostgreSQL did not start. Its log, {_files.Log}, says:\n{complaint}");
            await Task.Delay(backOff, _clock, cancellationToken);
            backOff = backOff < TimeSpan.FromSeconds(2) ? backOff * 2 : backOff;
        }
    }

    /// <summary>Null when the server is ready, otherwise what it complained of.</summary>
    private async Task<string?> TryStartServer(CancellationToken cancellationToken)
    {
        Postmaster.RemoveStale(_files.Data);
        var logStartBytes = _files.LogLengthBytes;
        try
        {
            // pg_ctl gives the server a session of its own, so a Ctrl-C at our terminal does not reach it.
            string[] arguments = ["start", "-D", _files.Data, "-l", _files.Log, "-w", "-t", "300", "-s"];
            var run = await _account.Run(_binaries.PgCtl, arguments, _files.Folder, cancellationToken);
            if (run.ExitCode == 0 && Postmaster.Find(_files.Data) is { } postmaster)
            {
                _process = postmaster.Process;
                return null;
            }

            return $"{_files.LogSince(logStartBytes)}\n{run.Output}".Trim();
        }
        catch (OperationCanceledException)
        {
            await Stop();
            throw;
        }
    }

    /// <summary>What the last processes of a killed server leave behind is gone when they are; a port may be lost to a race.</summary>
    private static bool MayPass(string complaint) =>
        complaint.Contains("shared memory block", StringComparison.Ordinal)
        || complaint.Contains("lock file", StringComparison.Ordinal)
        || complaint.Contains("could not bind", StringComparison.Ordinal)
        || complaint.Contains("could not create any TCP/IP sockets", StringComparison.Ordinal);
}
