namespace StepFlow.Language.Definition;

/// <summary>Reads one state: first the fields of its type, then those of all types, as the fields of a class are initialised before those of its base.</summary>
internal static class StateParser
{
    public static State Parse(string name, FieldReader reader, QueryLanguage machineLanguage) => ReadType(reader) switch
    {
        "Pass" => new PassState(name, reader, machineLanguage),
        "Task" => new TaskState(name, reader, machineLanguage),
        "Choice" => new ChoiceState(name, reader, machineLanguage),
        "Wait" => new WaitState(name, reader, machineLanguage),
        "Succeed" => new SucceedState(name, reader, machineLanguage),
        "Fail" => new FailState(name, reader, machineLanguage),
        "Parallel" => new ParallelState(name, reader, machineLanguage),
        "Map" => new MapState(name, reader, machineLanguage),
        _ => new UnreadableState(name, reader, machineLanguage),
    };

    private static string? ReadType(FieldReader reader)
    {
        if (reader.Any("Type") is null)
        {
            reader.Diagnostics.Schema(DiagnosticMessages.Required(["Type"]), reader.Location);
            return null;
        }

        string? type = reader.Text("Type");
        if (type is not null && !StateTypes.All.Contains(type))
        {
            reader.Diagnostics.Schema(DiagnosticMessages.FieldOneOf("Type", StateTypes.All), reader.Location + "/Type");
        }

        return type;
    }
}
