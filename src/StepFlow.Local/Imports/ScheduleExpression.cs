using System.Globalization;
using System.Text.RegularExpressions;

namespace StepFlow.Local.Imports;

/// <summary>
/// The schedules of EventBridge, <c>cron(minutes hours day-of-month month day-of-week year)</c>, as cron of five fields
/// (EventBridge user guide, "Cron expressions reference").
/// </summary>
internal static partial class ScheduleExpression
{
    /// <summary>Cron of five fields; null if the text is not an expression of EventBridge, or has years.</summary>
    public static string? ToCron(string text)
    {
        if (Cron().Match(text) is not { Success: true } match || match.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var minutes, var hours, var day, var month, var weekday, "*"])
        {
            return null;
        }

        // EventBridge counts the days of the week from Sunday = 1, cron from Sunday = 0. A number after # or / is not a day.
        string days = Day().Replace(weekday, static one => (int.Parse(one.Value, CultureInfo.InvariantCulture) - 1).ToString(CultureInfo.InvariantCulture));
        return string.Join(' ', minutes, hours, day.Replace('?', '*'), month, days.Replace('?', '*'));
    }

    [GeneratedRegex(@"^cron\((.*)\)$")]
    private static partial Regex Cron();

    [GeneratedRegex(@"(?<![#/\d])[1-7](?!\d)")]
    private static partial Regex Day();
}
