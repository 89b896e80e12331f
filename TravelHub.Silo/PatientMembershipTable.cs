using Npgsql;

namespace TravelHub.Silo;

/// <summary>
/// The cluster's membership, asked again within the same call while the database is away. Orleans doubles its pauses after each failure: after an
/// absence of a minute the next look at the table, and with it the death of a silo that was killed meanwhile, came up to another minute late. Every
/// write compares and sets, so one whose answer was lost is told that it lost, and Orleans reads again.
/// </summary>
/// <param name="pause">Between two tries.</param>
internal sealed class PatientMembershipTable(IMembershipTable table, TimeSpan pause, TimeProvider time) : IMembershipTable
{
    public Task InitializeMembershipTableAsync(bool tryInitTableVersion, CancellationToken cancellationToken) =>
        table.InitializeMembershipTableAsync(tryInitTableVersion, cancellationToken);   // a silo that can't start says so

    public Task DeleteMembershipTableEntriesAsync(string clusterId, CancellationToken cancellationToken) =>
        Patiently(() => table.DeleteMembershipTableEntriesAsync(clusterId, cancellationToken), cancellationToken);

    public Task CleanupDefunctSiloEntriesAsync(DateTimeOffset beforeDate, CancellationToken cancellationToken) =>
        Patiently(() => table.CleanupDefunctSiloEntriesAsync(beforeDate, cancellationToken), cancellationToken);

    public Task<MembershipTableData> ReadRowAsync(SiloAddress key, CancellationToken cancellationToken) =>
        Patiently(() => table.ReadRowAsync(key, cancellationToken), cancellationToken);

    public Task<MembershipTableData> ReadAllAsync(CancellationToken cancellationToken) =>
        Patiently(() => table.ReadAllAsync(cancellationToken), cancellationToken);

    public Task<bool> InsertRowAsync(MembershipEntry entry, TableVersion tableVersion, CancellationToken cancellationToken) =>
        Patiently(() => table.InsertRowAsync(entry, tableVersion, cancellationToken), cancellationToken);

    public Task<bool> UpdateRowAsync(MembershipEntry entry, string etag, TableVersion tableVersion, CancellationToken cancellationToken) =>
        Patiently(() => table.UpdateRowAsync(entry, etag, tableVersion, cancellationToken), cancellationToken);

    public Task UpdateIAmAliveAsync(MembershipEntry entry, CancellationToken cancellationToken) =>
        Patiently(() => table.UpdateIAmAliveAsync(entry, cancellationToken), cancellationToken);

    Task IMembershipTable.InitializeMembershipTable(bool tryInitTableVersion) => InitializeMembershipTableAsync(tryInitTableVersion, CancellationToken.None);

    Task IMembershipTable.DeleteMembershipTableEntries(string clusterId) => DeleteMembershipTableEntriesAsync(clusterId, CancellationToken.None);

    Task IMembershipTable.CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => CleanupDefunctSiloEntriesAsync(beforeDate, CancellationToken.None);

    Task<MembershipTableData> IMembershipTable.ReadRow(SiloAddress key) => ReadRowAsync(key, CancellationToken.None);

    Task<MembershipTableData> IMembershipTable.ReadAll() => ReadAllAsync(CancellationToken.None);

    Task<bool> IMembershipTable.InsertRow(MembershipEntry entry, TableVersion tableVersion) => InsertRowAsync(entry, tableVersion, CancellationToken.None);

    Task<bool> IMembershipTable.UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        UpdateRowAsync(entry, etag, tableVersion, CancellationToken.None);

    Task IMembershipTable.UpdateIAmAlive(MembershipEntry entry) => UpdateIAmAliveAsync(entry, CancellationToken.None);

    private Task<bool> Patiently(Func<Task> work, CancellationToken cancellationToken) => Patiently(
        async () =>
        {
            await work();
            return true;
        },
        cancellationToken);

    private async Task<T> Patiently<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await work();
            }
            catch (NpgsqlException e) when (IsAway(e))
            {
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    // Class 57P is the server going down or coming up; a lost connection has no SQL state.
    private static bool IsAway(NpgsqlException e) =>
        e is not PostgresException known || known.IsTransient || known.SqlState.StartsWith("57P", StringComparison.Ordinal);
}
