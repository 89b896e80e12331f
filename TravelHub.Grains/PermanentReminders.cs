namespace TravelHub.Grains;

/// <summary>
/// Reminders that stay for good. The period is part of the name: one that is arranged anew begins anew, and silos that come and go would put off whatever
/// waits for it.
/// </summary>
internal static class PermanentReminders
{
    public static string Name((string Work, TimeSpan Period) reminder) => $"{reminder.Work} every {reminder.Period:c}";

    /// <summary>Arranges these reminders where they are not there, and removes all others that the grain has.</summary>
    public static async Task KeepReminders(this Grain grain, params (string Work, TimeSpan Period)[] all)
    {
        var missing = all.ToDictionary(Name, one => one.Period);
        foreach (var reminder in await grain.GetReminders())
        {
            if (!missing.Remove(reminder.ReminderName))
                await grain.UnregisterReminder(reminder);
        }

        // Each grain's at a moment of its own, within a period from now: all at once would be felt by customers.
        var phase = grain.GetGrainId().GetUniformHashCode() / (double)uint.MaxValue;
        foreach (var (name, period) in missing)
            await grain.RegisterOrUpdateReminder(name, period * phase, period);
    }
}
