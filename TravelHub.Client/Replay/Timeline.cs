namespace TravelHub.Client.Replay;

/// <summary>
/// The order in which it all happened: by day, within a day by the rows' order in the file, and for one row its booking before its
/// cancellation. A cancellation that is dated before its booking happens on the day of the booking.
/// </summary>
internal static class Timeline
{
    public static IReadOnlyList<PlannedStep> Of(IReadOnlyList<DemandRow> rows)
    {
        var steps = new List<(DateOnly Day, PlannedStep Step)>(rows.Count * 2);
        for (var i = 0; i < rows.Count; i++)
        {
            var bookedOn = rows[i].BookedOn;
            steps.Add((bookedOn, new PlannedStep(i, IsCancellation: false)));
            if (rows[i].CancelledOn is { } cancelledOn)
                steps.Add((cancelledOn < bookedOn ? bookedOn : cancelledOn, new PlannedStep(i, IsCancellation: true)));
        }

        return steps
            .OrderBy(step => step.Day).ThenBy(step => step.Step.Booking).ThenBy(step => step.Step.IsCancellation)
            .Select(step => step.Step)
            .ToList();
    }
}
