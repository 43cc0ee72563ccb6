namespace StepFlow.Local.Definitions;

/// <summary>What differs between two definitions, a line for each value: <c>+ path value</c>, <c>- path value</c>, <c>~ path old → new</c>.</summary>
internal static class DefinitionChanges
{
    private const int MostCharacters = 60;

    /// <summary>Compares two definitions, member by member. Empty where they differ in their formatting only.</summary>
    /// <param name="before">The text of the definition that is there.</param>
    /// <param name="after">The text of the definition that replaces it.</param>
    public static IReadOnlyList<string> Between(string before, string after)
    {
        var changes = new List<string>();
        Compare(string.Empty, JsonValue.ParseOrNull(before), JsonValue.ParseOrNull(after), changes);
        return changes;
    }

    private static void Compare(string path, JsonValue? before, JsonValue? after, List<string> changes)
    {
        switch (before, after)
        {
            case (JsonObject old, JsonObject now):
                CompareMembers(path, old, now, changes);
                break;
            case (JsonArray old, JsonArray now):
                for (int index = 0; index < Math.Max(old.Count, now.Count); index++)
                {
                    Compare($"{path}[{index}]", index < old.Count ? old[index] : null, index < now.Count ? now[index] : null, changes);
                }

                break;
            case (null, { } now):
                changes.Add($"+ {path} {Text(now)}");
                break;
            case ({ } old, null):
                changes.Add($"- {path} {Text(old)}");
                break;
            case ({ } old, { } now) when old != now:
                changes.Add($"~ {path} {Text(old)} → {Text(now)}");
                break;
        }
    }

    private static void CompareMembers(string path, JsonObject before, JsonObject after, List<string> changes)
    {
        string prefix = path.Length == 0 ? string.Empty : path + ".";
        foreach ((string name, JsonValue old) in before)
        {
            Compare(prefix + name, old, after[name], changes);
        }

        foreach ((string name, JsonValue now) in after)
        {
            if (before[name] is null)
            {
                Compare(prefix + name, null, now, changes);
            }
        }
    }

    private static string Text(JsonValue value)
    {
        string text = value.ToString();
        return text.Length <= MostCharacters ? text : text[..(MostCharacters - 1)] + "…";
    }
}
