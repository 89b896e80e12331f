using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TravelHub.Client.Analytics;
using TravelHub.Client.Http;
using TravelHub.Client.Replay;

namespace TravelHub.Lab.HotelFigures;

/// <summary><c>hotel-figures</c>: compares analytics' figures of a replayed hotel with those computed from its file.</summary>
internal static class HotelFiguresCommand
{
    private const int MostNights = 366;

    public static Command Create(TimeProvider time)
    {
        var file = new Argument<string>("FILE") { Description = "The hotel-demand data that was replayed, .csv or .csv.gz, of one hotel." };
        var report = new Option<string>("--report") { Description = "What `replay --capacity-share 1 --json` printed.", Required = true, HelpName = "FILE" };
        var target = new TargetOptions();
        var command = new Command(
            "hotel-figures",
            """
            Compute the figures of a replayed hotel from its file, in SQL that knows nothing of TravelHub, and compare each night and the whole with what
            /v1/analytics says, once that has read all of the log. The replay must have turned nobody away (--capacity-share 1): whom it turns away depends on the
            order. Exit code 0: all equal, 1: not so, 2: unusable input.
            """)
        {
            file, report,
        };
        target.AddAll(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var replay = JsonSerializer.Deserialize<ReplayReport>(await File.ReadAllTextAsync(parsed.GetRequiredValue(report), cancellationToken), JsonSerializerOptions.Web)!;
            var where = target.Resolve(parsed);
            if (replay is not { SoldOut: 0, Errors: 0, Properties: [var property] } || where.ConnectionString is not { } connection)
                throw new InputException("The replay must be of one hotel, without errors and with nobody turned away; and the database must be known.");
            var expected = await FileFigures.Compute(parsed.GetRequiredValue(file), replay.Rows, replay.ShiftWeeks * 7, connection, cancellationToken);
            using var figures = new FiguresClient(where);
            return await Compare(expected, figures, property, time, cancellationToken) ? 0 : 1;
        });
        return command;
    }

    private static async Task<bool> Compare(FileFigures expected, FiguresClient figures, string property, TimeProvider time, CancellationToken cancellationToken)
    {
        await UntilAllIsRead(figures, time, cancellationToken);
        var nights = new Dictionary<DateOnly, NightRow>();
        for (var from = expected.Nights.Keys.Min(); from <= expected.Nights.Keys.Max(); from = from.AddDays(MostNights))
        {
            foreach (var row in (await figures.Nights(from, from.AddDays(MostNights), "day", cancellationToken, property)).Data.Where(row => row.RoomsSold > 0))
                nights.Add(row.Night!.Value, row);
        }

        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var days = await figures.Bookings(today.AddDays(-7), today.AddDays(2), "day", cancellationToken, property);
        string[] wrong =
        [
            .. expected.Nights.Keys.Union(nights.Keys).Order().Where((DateOnly night) => Told(nights.GetValueOrDefault(night)) != expected.Nights.GetValueOrDefault(night))
                .Select((DateOnly night) => $"night {night:O}: analytics says {Told(nights.GetValueOrDefault(night))}, the file {expected.Nights.GetValueOrDefault(night)}"),
            .. Differs("bookings", days.Sum(d => d.Bookings), expected.Whole.Bookings),
            .. Differs("cancellations", days.Sum(d => d.Cancellations), expected.Whole.Cancellations),
            .. Differs("room-nights", days.Sum(d => d.RoomNights), expected.Whole.RoomNights),
            .. Differs("revenue (minor)", days.Sum(d => d.Revenue.Sum(m => m.AmountMinor)), expected.Whole.RevenueMinor),
            // The mean is told to four decimals. No lead time is cut off at 0: a replay moves all arrivals two days ahead at least.
            .. Differs("lead days, by the day of booking", days.Sum(d => (d.MeanLeadDays!.Value * d.Bookings) + (d.Bookings * d.Day!.Value.DayNumber)), expected.Whole.ArrivalDays,
                within: days.Sum(d => d.Bookings) * 0.00005),
        ];
        Console.WriteLine($"{expected.Nights.Count} nights, {expected.Whole}");
        Console.WriteLine(wrong.Length == 0 ? "All figures equal those of the file." : $"{wrong.Length} figures differ; the first:{Environment.NewLine}{string.Join(Environment.NewLine, wrong.Take(10))}");
        return wrong.Length == 0;
    }

    private static IEnumerable<string> Differs(string what, double told, long expected, double within = 0) =>
        Math.Abs(told - expected) <= within ? [] : [string.Create(CultureInfo.InvariantCulture, $"{what}: analytics says {told}, the file {expected}")];

    private static FileNight Told(NightRow? row) => row is null ? default : new FileNight(row.RoomsSold, row.RoomsAvailable, row.Sales.Sum(s => s.Revenue.AmountMinor));

    private static async Task UntilAllIsRead(FiguresClient figures, TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetUtcNow();
        while (true)
        {
            var today = DateOnly.FromDateTime(began.UtcDateTime);
            if ((await figures.Nights(today, today.AddDays(1), "total", cancellationToken)).Progress.AsOf > began)
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(500), time, cancellationToken);
        }
    }
}
