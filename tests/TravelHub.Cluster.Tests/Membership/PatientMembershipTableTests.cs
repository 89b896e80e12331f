using Npgsql;
using TravelHub.Silo;

namespace TravelHub.Cluster.Tests.Membership;

public sealed class PatientMembershipTableTests
{
    private readonly AwayTable _table = new();

    [Fact]
    public async Task ReadAll_DatabaseComesBack_AnswersWithinTheCall()
    {
        _table.Failures.Enqueue(new NpgsqlException("refused"));
        _table.Failures.Enqueue(new PostgresException("starting", "FATAL", "FATAL", PostgresErrorCodes.CannotConnectNow));

        Assert.Same(AwayTable.Data, await Patient().ReadAllAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ReadAll_StatementIsWrong_SaysSoAtOnce()
    {
        _table.Failures.Enqueue(new PostgresException("no such table", "ERROR", "ERROR", PostgresErrorCodes.UndefinedTable));

        await Assert.ThrowsAsync<PostgresException>(() => Patient().ReadAllAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task UpdateIAmAlive_Cancelled_StopsAsking()
    {
        using var cancelled = new CancellationTokenSource();
        _table.Failed = cancelled.Cancel;
        _table.Failures.Enqueue(new NpgsqlException("refused"));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patient().UpdateIAmAliveAsync(new MembershipEntry(), cancelled.Token));
    }

    private PatientMembershipTable Patient() => new(_table, TimeSpan.FromMilliseconds(1), TimeProvider.System);

    /// <summary>Fails as often as it is told to.</summary>
    private sealed class AwayTable : IMembershipTable
    {
        public static readonly MembershipTableData Data = new([], new TableVersion(1, "1"));

        public Queue<Exception> Failures { get; } = [];

        public Action Failed { get; set; } = () => { };

        public Task<MembershipTableData> ReadAllAsync(CancellationToken cancellationToken) => Answer(Data);

        public Task UpdateIAmAliveAsync(MembershipEntry entry, CancellationToken cancellationToken) => Answer(true);

        public Task<MembershipTableData> ReadAll() => Answer(Data);

        public Task UpdateIAmAlive(MembershipEntry entry) => Answer(true);

        public Task InitializeMembershipTable(bool tryInitTableVersion) => throw new NotSupportedException();

        public Task DeleteMembershipTableEntries(string clusterId) => throw new NotSupportedException();

        public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => throw new NotSupportedException();

        public Task<MembershipTableData> ReadRow(SiloAddress key) => throw new NotSupportedException();

        public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => throw new NotSupportedException();

        public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => throw new NotSupportedException();

        private Task<T> Answer<T>(T answer)
        {
            if (!Failures.TryDequeue(out var failure))
                return Task.FromResult(answer);
            Failed();
            return Task.FromException<T>(failure);
        }
    }
}
