using System.Text;
using System.Text.Json;

namespace StepFlow.Language.Loading;

/// <summary>
/// Finds names that occur twice in one object of a definition. Only the last member of a name is read. If a state
/// is lost that way, it is an error. For any other field it is a warning.
/// </summary>
internal static class RepeatedMembers
{
    /// <summary>The role of an object or array in a state machine.</summary>
    private enum ObjectKind
    {
        /// <summary>A machine, branch or item processor.</summary>
        Graph,

        /// <summary>The states of a graph.</summary>
        States,

        /// <summary>A state.</summary>
        State,

        /// <summary>The branches of a Parallel.</summary>
        Branches,

        /// <summary>Anything else.</summary>
        Other,
    }

    /// <summary>Notes all repeated names.</summary>
    /// <param name="text">The definition, which is JSON.</param>
    public static void Check(string text, DiagnosticBag diagnostics)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), JsonParser.ReaderOptions);
        reader.Read();
        Walk(ref reader, ObjectKind.Graph, [], diagnostics);
    }

    private static void Walk(ref Utf8JsonReader reader, ObjectKind kind, List<string> steps, DiagnosticBag diagnostics)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            for (int i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
            {
                steps.Add($"[{i}]");
                Walk(ref reader, kind == ObjectKind.Branches ? ObjectKind.Graph : ObjectKind.Other, steps, diagnostics);
                steps.RemoveAt(steps.Count - 1);
            }
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                string name = reader.GetString()!;
                steps.Add("/" + name);
                if (!names.Add(name))
                {
                    Note(kind, name, string.Concat(steps), diagnostics);
                }

                reader.Read();
                Walk(ref reader, Within(kind, name), steps, diagnostics);
                steps.RemoveAt(steps.Count - 1);
            }
        }
    }

    private static void Note(ObjectKind kind, string name, string location, DiagnosticBag diagnostics)
    {
        if (kind == ObjectKind.States)
        {
            diagnostics.Error(DiagnosticCodes.DuplicateStateName, DiagnosticMessages.DuplicateState(name), location);
        }
        else
        {
            diagnostics.Warning(DiagnosticCodes.DuplicateField, DiagnosticMessages.RepeatedField(name), location);
        }
    }

    private static ObjectKind Within(ObjectKind kind, string name) => (kind, name) switch
    {
        (ObjectKind.Graph, "States") => ObjectKind.States,
        (ObjectKind.States, _) => ObjectKind.State,
        (ObjectKind.State, "Branches") => ObjectKind.Branches,
        (ObjectKind.State, "ItemProcessor" or "Iterator") => ObjectKind.Graph,
        _ => ObjectKind.Other,
    };
}
