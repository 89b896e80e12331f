using System.IO.Compression;
using Npgsql;
using TravelHub.Client.Http;

namespace TravelHub.Lab.HotelFigures;

/// <summary>A night of the file.</summary>
internal readonly record struct FileNight(long Sold, long Available, long RevenueMinor);

/// <param name="ArrivalDays">Day numbers of all arrivals, summed: less the day of booking, it is the lead time.</param>
internal sealed record FileWhole(long Bookings, long Cancellations, long RoomNights, long RevenueMinor, long ArrivalDays);

/// <summary>A hotel's figures as the published file has them, with its dates moved. Nothing of the replay's own reading is used.</summary>
internal sealed record FileFigures(IReadOnlyDictionary<DateOnly, FileNight> Nights, FileWhole Whole)
{
    // What can't be booked is left out: no night, no adult, a rate below nothing. Rooms are those of the peak, by room type.
    private const string RowsSql = """
        CREATE TEMP TABLE bookable AS
        SELECT reserved_room_type AS room_type, arrival, nights, round(rate * 100)::bigint AS minor, is_canceled = '1' AND reservation_status = 'Canceled' AS cancelled
        FROM (
            SELECT *, to_date(arrival_date_year || ' ' || arrival_date_month || ' ' || arrival_date_day_of_month, 'YYYY Month DD') + $1 AS arrival,
                stays_in_weekend_nights::int + stays_in_week_nights::int AS nights, adr::numeric AS rate
            FROM demand
        ) AS file WHERE nights > 0 AND adults::numeric > 0 AND rate >= 0
        """;

    private const string NightsSql = """
        WITH taken AS (
            SELECT room_type, arrival + i AS night, minor, cancelled FROM bookable, generate_series(0, nights - 1) AS i
        ), peaks AS (
            SELECT room_type, max(rooms) AS rooms FROM (SELECT room_type, count(*) AS rooms FROM taken GROUP BY room_type, night) AS by_night GROUP BY room_type
        )
        SELECT night, count(*) FILTER (WHERE NOT cancelled), (SELECT sum(rooms) FROM peaks)::bigint, coalesce(sum(minor) FILTER (WHERE NOT cancelled), 0)::bigint
        FROM taken GROUP BY night HAVING count(*) FILTER (WHERE NOT cancelled) > 0
        """;

    private const string WholeSql = """
        SELECT count(*), count(*) FILTER (WHERE cancelled), coalesce(sum(nights) FILTER (WHERE NOT cancelled), 0)::bigint,
            coalesce(sum(nights * minor) FILTER (WHERE NOT cancelled), 0)::bigint, sum(arrival - DATE '0001-01-01')::bigint
        FROM bookable
        """;

    /// <param name="rows">How many of the file's rows were replayed.</param>
    /// <param name="connection">Any database to compute in; nothing is left there.</param>
    /// <exception cref="InputException">The file can't be read.</exception>
    public static async Task<FileFigures> Compute(string path, int rows, int shiftDays, string connection, CancellationToken cancellationToken)
    {
        await using var database = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Pooling = false, CommandTimeout = 300 }.ConnectionString);
        await database.OpenAsync(cancellationToken);
        await Load(database, path, rows, cancellationToken);
        await using (var bookable = new NpgsqlCommand(RowsSql, database) { Parameters = { new() { Value = shiftDays } } })
            await bookable.ExecuteNonQueryAsync(cancellationToken);
        var nights = new Dictionary<DateOnly, FileNight>();
        await using (var command = new NpgsqlCommand(NightsSql, database))
        await using (var read = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await read.ReadAsync(cancellationToken))
                nights.Add(read.GetFieldValue<DateOnly>(0), new FileNight(read.GetInt64(1), read.GetInt64(2), read.GetInt64(3)));
        }

        await using var sum = new NpgsqlCommand(WholeSql, database);
        await using var whole = await sum.ExecuteReaderAsync(cancellationToken);
        await whole.ReadAsync(cancellationToken);
        return new FileFigures(nights, new FileWhole(whole.GetInt64(0), whole.GetInt64(1), whole.GetInt64(2), whole.GetInt64(3), whole.GetInt64(4)));
    }

    private static async Task Load(NpgsqlConnection database, string path, int rows, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        await using var plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        using var text = new StreamReader(plain);
        var header = await text.ReadLineAsync(cancellationToken) ?? throw new InputException($"{path} is empty.");
        var columns = string.Join(", ", header.Split(',').Select(column => $"\"{column.Trim().Trim('"').Replace("\"", "", StringComparison.Ordinal)}\" text"));
        await using (var table = new NpgsqlCommand($"CREATE TEMP TABLE demand ({columns})", database))
            await table.ExecuteNonQueryAsync(cancellationToken);
        await using var copy = await database.BeginTextImportAsync("COPY demand FROM STDIN (FORMAT csv)", cancellationToken);
        for (var i = 0; i < rows && await text.ReadLineAsync(cancellationToken) is { } line; i++)
            await copy.WriteLineAsync(line);
    }
}
