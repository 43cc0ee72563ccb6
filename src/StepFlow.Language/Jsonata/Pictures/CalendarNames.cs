namespace StepFlow.Language.Jsonata.Pictures;

/// <summary>The English names of days and months.</summary>
internal static class CalendarNames
{
    public static readonly string[] Days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    public static readonly string[] Months =
    [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ];
}
