using StepFlow.Runtime.MapRuns;

namespace StepFlow.Local.Records;

/// <summary>A position among the items of a Map Run as JSON text. Members with their default value are left out.</summary>
internal static class PositionRecord
{
    /// <summary>The text of a position.</summary>
    public static byte[] Write(ItemPosition position)
    {
        ItemFile file = position.File;
        return new JsonObjectBuilder()
            .Set("item", position.Item)
            .SetIfPresent("skip", Given(position.Skip))
            .SetIfPresent("manifest", file.Manifest)
            .SetIfPresent("number", Given(file.Number))
            .SetIfPresent("page", file.Page)
            .SetIfPresent("key", file.Key)
            .SetIfPresent("version", file.Version)
            .SetIfPresent("containers", file.Containers)
            .SetIfPresent("offset", Given(position.Record.Offset))
            .SetIfPresent("line", Given(position.Record.Line))
            .SetIfPresent("column", Given(position.Record.Column))
            .Build()
            .ToUtf8();
    }

    public static ItemPosition Read(ReadOnlySpan<byte> text)
    {
        var members = (JsonObject)JsonValue.Parse(text);
        return new()
        {
            Item = Number("item"),
            Skip = Number("skip"),
            File = new()
            {
                Manifest = members.Text("manifest"),
                Number = (int)Number("number"),
                Page = members.Text("page"),
                Key = members.Text("key"),
                Version = members.Text("version"),
                Containers = members.Text("containers"),
            },
            Record = new(Number("offset"), Number("line"), Number("column")),
        };

        long Number(string name) => members.Integer(name) ?? 0;
    }

    private static long? Given(long number) => number == 0 ? null : number;
}
