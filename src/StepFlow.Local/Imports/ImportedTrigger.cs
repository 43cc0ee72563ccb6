using StepFlow.Local.Templates;
using StepFlow.Service.Events;
using StepFlow.Service.Triggers;

namespace StepFlow.Local.Imports;

/// <summary>What becomes of what starts a machine in a template.</summary>
/// <param name="Settings">The entry of <c>Triggers</c>; null if StepFlow has no such trigger.</param>
/// <param name="Remark">A note for the user, as the end of a sentence.</param>
internal sealed record ImportedTrigger(TemplateTrigger Source, JsonObject? Settings, string Remark)
{
    private const string SettingsLocation = "Its settings are in " + ImportFolder.Triggers + ".";

    public string Name => $"{Source.Machine}-{Source.Id}";

    /// <summary>Finds the trigger that does the same.</summary>
    public static ImportedTrigger Of(TemplateTrigger source)
    {
        JsonObject settings = source.Settings;
        if (settings["State"] is JsonString { Value: "DISABLED" } || settings["Enabled"]?.Equals(JsonValue.False) == true || settings["enabled"]?.Equals(JsonValue.False) == true)
        {
            return new(source, null, $"it is disabled, so it was not imported. {SettingsLocation}");
        }

        JsonObject machine = JsonObject.Create(("StateMachine", source.Machine));
        if (Text(settings, "Schedule", "ScheduleExpression", "schedule", "rate") is { } schedule)
        {
            return OfSchedule(source, machine, schedule, Text(settings, "ScheduleExpressionTimezone", "timezone"));
        }

        return (settings["EventPattern"] ?? settings["Pattern"] ?? settings["pattern"] ?? settings["event"]) is JsonObject pattern
            ? OfPattern(source, machine, pattern, Text(settings, "EventBusName", "eventBusName", "eventBus"))
            : new(source, null, source.Kind is "Api" or "HttpApi"
                ? $"callers send POST /api/statemachines/{source.Machine}/executions instead. {SettingsLocation}"
                : $"StepFlow has no such trigger. Call StartExecution instead. {SettingsLocation}");
    }

    private static ImportedTrigger OfSchedule(TemplateTrigger source, JsonObject machine, string text, string? zone)
    {
        string schedule = ScheduleExpression.ToCron(text) ?? text;
        try
        {
            Schedule.Parse(schedule, zone);
        }
        catch (FormatException problem)
        {
            return new(source, null, $"'{text}' {problem.Message}. {SettingsLocation}");
        }

        JsonObject settings = machine.With("Schedule", schedule);
        return new(source, zone is null ? settings : settings.With("TimeZone", zone), $"starts by '{schedule}'.");
    }

    private static ImportedTrigger OfPattern(TemplateTrigger source, JsonObject machine, JsonObject pattern, string? bus)
    {
        if (BlobsOf(pattern) is { } blobs)
        {
            return new(source, blobs.Aggregate(machine, static (settings, one) => settings.With(one.Key, one.Value)), $"starts for each blob of the container {blobs.RequiredText("Container")}.");
        }

        string text = pattern.ToString();
        try
        {
            EventPattern.Parse(text);
        }
        catch (FormatException problem)
        {
            return new(source, null, $"its event pattern {problem.Message}. {SettingsLocation}");
        }

        JsonObject settings = machine.With("EventPattern", text);
        return new(
            source,
            bus is null ? settings : settings.With("EventBus", bus.Split('/')[^1]),
            "starts for matching events. Events come from events:putEvents and from status changes of executions, not from other AWS services.");
    }

    /// <summary>The settings for a pattern that is about new objects of a bucket, and of nothing else; null for another pattern.</summary>
    private static JsonObject? BlobsOf(JsonObject pattern)
    {
        if (Only(pattern["source"]) is not JsonString { Value: "aws.s3" } || Only(pattern["detail-type"]) is not JsonString { Value: "Object Created" }
            || pattern["detail"] is not JsonObject detail || Only((detail["bucket"] as JsonObject)?["name"]) is not JsonString bucket)
        {
            return null;
        }

        JsonObject settings = JsonObject.Create(("Container", bucket));
        return (detail.Count, (detail["object"] as JsonObject)?["key"]) switch
        {
            (1, _) => settings,
            (2, { } key) when Only(key) is JsonObject { Count: 1 } test && test.First() is { Key: "prefix" or "suffix", Value: JsonString } one =>
                settings.With(one.Key == "prefix" ? "Prefix" : "Suffix", one.Value),
            _ => null,
        };
    }

    private static JsonValue? Only(JsonValue? list) => list is JsonArray { Count: 1 } one ? one[0] : null;

    private static string? Text(JsonObject settings, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (settings[name] is JsonString text)
            {
                return text.Value;
            }
        }

        return null;
    }
}
