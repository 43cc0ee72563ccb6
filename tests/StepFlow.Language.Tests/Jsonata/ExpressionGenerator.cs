using System.Globalization;
using StepFlow.Language.Evaluation;

namespace StepFlow.Language.Tests.Jsonata;

/// <summary>Writes random expressions from a grammar; the same seed writes the same ones.</summary>
internal sealed class ExpressionGenerator(Entropy random)
{
    private static readonly string[] Names = ["a", "b", "c", "items", "list", "id", "tag", "missing", "nested", "$", "$$", "$v", "*", "**", "%"];
    private static readonly string[] Literals = ["0", "1", "-1", "2.5", "1e300", "9223372036854775807", "'a'", "''", "'hello'", "true", "false", "null", "[]", "{}"];
    private static readonly string[] Binary = ["+", "-", "*", "/", "%", "=", "!=", "<", "<=", ">", ">=", "in", "&", "and", "or", "~>", "?:", "??", ".", ":="];
    private static readonly string[] Functions =
    [
        "sum", "count", "max", "min", "average", "string", "substring", "substringBefore", "lowercase", "length", "trim", "pad", "match", "contains",
        "replace", "split", "join", "formatNumber", "formatBase", "formatInteger", "parseInteger", "number", "floor", "round", "abs", "sqrt", "power",
        "boolean", "not", "map", "zip", "filter", "single", "reduce", "sift", "keys", "lookup", "append", "exists", "spread", "merge", "reverse", "each",
        "error", "assert", "type", "sort", "shuffle", "distinct", "base64encode", "base64decode", "encodeUrl", "decodeUrl", "toMillis", "fromMillis",
        "clone", "now", "millis", "random", "eval", "partition", "range", "hash", "uuid", "parse", "v", "nosuch",
    ];

    private static readonly string[] Patterns = ["/a/", "/(a|b)+c?/i", "/^(h|e)*l{1,2}o$/", "/(x+x+)+y/", "/\\w+(?=o)/", "/(?<!h)e/", "/.*?/", "/[/"];
    private static readonly string[] Pictures = ["'#,##0.00'", "'0e0'", "'w'", "'Ww;o'", "'I'", "'[Y]-[M01]-[D01]'", "'[FNn] [h]:[m] [P]'", "'[x'", "'%#'"];

    public string Next(int depth) => depth <= 0 ? Leaf() : Pick(18) switch
    {
        0 or 1 => $"{Next(depth - 1)} {Any(Binary)} {Next(depth - 1)}",
        2 or 3 => Path(depth),
        4 or 5 or 6 => $"${Any(Functions)}({Arguments(depth)})",
        7 => $"({Next(depth - 1)}; {Next(depth - 1)})",
        8 => $"[{Next(depth - 1)}, {Next(depth - 1)}]",
        9 => $"[{Next(depth - 1)}..{Next(depth - 1)}]",
        10 => $"{{{Next(depth - 1)}: {Next(depth - 1)}}}",
        11 => $"{Next(depth - 1)} ? {Next(depth - 1)} : {Next(depth - 1)}",
        12 => Lambda(depth),
        13 => $"($v := {Next(depth - 1)}; {Next(depth - 1)})",
        14 => $"-{Next(depth - 1)}",
        15 => $"{Next(depth - 1)} ~> |{Next(depth - 1)}|{Next(depth - 1)}, {Next(depth - 1)}|",
        16 => $"($f := function($v){{ {Next(depth - 1)} & $f($v) }}; $f({Next(depth - 1)}))",
        _ => Any(Patterns),
    };

    public string Any(string[] choices) => choices[Pick(choices.Length)];

    public int Pick(int count) => (int)(random.NextUInt64() % (ulong)count);

    private string Leaf() => Pick(3) == 0 ? Any(Literals) : Any(Names);

    private string Lambda(int depth) => $"function($v, $w){(Pick(4) == 0 ? "<n-s?:x>" : string.Empty)}{{ {Next(depth - 1)} }}";

    private string Arguments(int depth)
    {
        int count = Pick(4);
        return string.Join(", ", Enumerable.Range(0, count).Select(_ => Pick(9) switch
        {
            0 => "?",
            1 => Any(Patterns),
            2 => Any(Pictures),
            3 => Lambda(depth),
            _ => Next(depth - 1),
        }));
    }

    private string Path(int depth)
    {
        string path = Leaf();
        for (int i = Pick(4); i >= 0; i--)
        {
            path += Pick(11) switch
            {
                0 => $"[{Next(depth - 1)}]",
                1 => $"[{(Pick(5) - 2).ToString(CultureInfo.InvariantCulture)}]",
                2 => $"^({Any(["", "<", ">"])}{Next(depth - 1)})",
                3 => $"{{{Next(depth - 1)}: {Next(depth - 1)}}}",
                4 => $"@$v",
                5 => $"#$v",
                6 => "[]",
                7 => $".({Next(depth - 1)})",
                _ => "." + Any(Names),
            };
        }

        return path;
    }
}
