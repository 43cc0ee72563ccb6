namespace StepFlow.Language.Definition;

/// <summary>Reads <c>StartAt</c> and <c>States</c> of a machine, branch or item processor.</summary>
internal static class GraphParser
{
    // In the order in which the service lists them.
    private static readonly string[] RequiredFields = ["States", "StartAt"];

    public static StateGraphDefinition? Parse(FieldReader reader, QueryLanguage machineLanguage)
    {
        string[] missing = [.. RequiredFields.Where(field => reader.Any(field) is null)];
        if (missing.Length != 0)
        {
            reader.Diagnostics.Schema(DiagnosticMessages.Required(missing), reader.Location.Length == 0 ? "/" : reader.Location);
        }

        var states = new List<State>();
        if (reader.Object("States") is { } members)
        {
            string location = reader.Location + "/States";
            if (members.Count == 0)
            {
                reader.Diagnostics.Schema(DiagnosticMessages.Empty, location);
            }

            foreach (KeyValuePair<string, JsonValue> member in members)
            {
                states.Add(DefinitionParser.ParseState(member.Key, $"{location}/{member.Key}", member.Value, machineLanguage, reader.Diagnostics));
            }
        }

        string? startAt = reader.Text("StartAt");
        return states.Count == 0 && startAt is null ? null : new(reader) { StartAt = startAt, States = states };
    }
}
