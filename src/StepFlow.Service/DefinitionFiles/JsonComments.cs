using System.Text;
using System.Text.Json;
using StepFlow.Language.Definition;

namespace StepFlow.Service.DefinitionFiles;

/// <summary>Finds out whether a text would be JSON without its comments and trailing commas.</summary>
internal static class JsonComments
{
    /// <summary>The message for a text that is not JSON: its first comment or trailing comma, where nothing else is wrong.</summary>
    public static (string Message, SourcePosition Position)? Find(string text, JsonFormatException problem)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        var options = new JsonReaderOptions { CommentHandling = JsonCommentHandling.Allow, AllowTrailingCommas = true, MaxDepth = JsonParser.MaxDepth };
        var reader = new Utf8JsonReader(utf8, options);
        int? comment = null;
        try
        {
            while (reader.Read())
            {
                comment ??= reader.TokenType == JsonTokenType.Comment ? (int)reader.TokenStartIndex : null;
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return comment is { } offset
            ? ("This is a comment. JSON has no comments. Remove it, use a Comment field, or write the definition as YAML.", At(utf8, offset))
            : ("There is a comma before the end of a list or object. JSON does not allow it. Remove it.", new((int)problem.Line, (int)problem.Column));
    }

    private static SourcePosition At(ReadOnlySpan<byte> utf8, int offset)
    {
        ReadOnlySpan<byte> before = utf8[..offset];
        int lineStart = before.LastIndexOf((byte)'\n') + 1;
        return new(before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }
}
