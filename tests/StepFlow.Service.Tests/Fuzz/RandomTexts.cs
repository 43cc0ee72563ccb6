namespace StepFlow.Service.Tests.Fuzz;

/// <summary>Paths, intrinsic functions, JSONata expressions and JSON texts: most are well formed, some cost much.</summary>
internal sealed class RandomTexts(Chance chance)
{
    private static readonly string[] Segments =
    [
        ".a", ".b", ".items", "['a']", "['a','b']", "[0]", "[-1]", "[7]", "[0,1]", "[0:2]", "[-2:]", "[*]", ".*", "..a", "..*", "[?(@.a)]", "[?(@.a > 1)]", "[?(@.a == 'x' && !(@.b))]",
        "[?(@ =~ /a+/)]", "[?(@.a in [1,2])]", ".length()", "[(@.length-1)]",
    ];

    private static readonly string[] Functions =
    [
        "States.Format('{} {}', P, Q)", "States.StringToJson(P)", "States.JsonToString(P)", "States.Array(P, Q, 1, 'a', null)", "States.ArrayPartition(P, 2)", "States.ArrayContains(P, Q)",
        "States.ArrayRange(0, 1000000, 1)", "States.ArrayRange(P, Q, 3)", "States.ArrayGetItem(P, 0)", "States.ArrayLength(P)", "States.ArrayUnique(P)", "States.Base64Encode(P)",
        "States.Base64Decode(P)", "States.Hash(P, 'SHA-256')", "States.JsonMerge(P, Q, false)", "States.MathRandom(0, 9)", "States.MathAdd(P, -1)", "States.StringSplit(P, ',')", "States.UUID()",
    ];

    private static readonly string[] Expressions =
    [
        "1", "'a'", "$states.input", "$states.input.a", "$states.context.Execution.Id", "$states.result", "$states.errorOutput", "$v", "$nothing", "{'a': E}", "[E, E]", "E + E", "E & E", "E = E",
        "E ? E : E", "(E; E)", "$map([1..9], function($x){ E })", "$filter(E, function($x){ $x > 1 })", "$sum([1..100000])", "[1..1000000]", "$range(0, 100000, 1)", "$partition(E, 2)", "$hash(E, 'MD5')",
        "$parse('{\"a\":1,\"a\":2}')", "$string(E)", "$number(E)", "$pad('x', 10000000)", "$join($map([1..10000], $string))", "$match('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', /(a+)+$/)",
        "$replace(E, /a|b*/, 'x')", "$sort([1..20000], function($l, $r){ $l < $r })", "($f := function($x){ $f($x + 1) }; $f(1))", "($f := function($x){ $x & $f($x) }; $f('a'))",
        "$reduce([1..1000], function($l, $r){ $l & 'xxxxxxxxxxxxxxxx' })", "$fromMillis(E, '[Y]-[M01]')", "$formatNumber(E, '#,##0.00')", "$eval('1')", "E.a[0].b", "E ~> $sum", "**", "%", "a[b=1]", "$each(E, function($k, $n){ $k })",
        "$random()", "$uuid()", "$now()", "E{a: $sum(b)}", "$spread(E)", "$merge([E, E])", "$zip([1..1000], [1..1000])", "$base64decode(E)", "$split(E, '')", "$^(a)",
    ];

    private static readonly string[] Inputs =
    [
        "{}", "[]", "null", "1", "\"x\"", "{\"a\":1,\"b\":\"x\",\"items\":[1,2,3]}", "{\"a\":{\"b\":[{\"a\":2},{\"b\":null}]},\"items\":[]}", "[1,[2,[3]],{\"a\":\"2016-03-14T01:59:00Z\"}]",
        "{\"a\":1e400,\"b\":-0.0,\"items\":\"no list\"}", "{\"a\":\"\\ud83d\\ude00\",\"b\":[true,false,null]}",
    ];

    public string Path()
    {
        string path = chance.Percent(15) ? chance.Pick(["$$.Execution.Id", "$$.Map.Item.Value", "$$.Task.Token", "$$", "$v", "$v.a"]) : "$";
        for (int i = chance.Percent(2) ? 2000 : chance.Below(4); i > 0; i--)
        {
            path += chance.Pick(Segments);
        }

        return chance.Percent(10) ? chance.Damage(path) : path;
    }

    public string Function(int depth = 3)
    {
        string function = chance.Pick(Functions);
        string argument = depth > 0 && chance.Percent(40) ? Function(depth - 1) : Path();
        function = function.Replace("P", argument, StringComparison.Ordinal).Replace("Q", Path(), StringComparison.Ordinal);
        return chance.Percent(10) ? chance.Damage(function) : function;
    }

    /// <summary>An expression in its brackets.</summary>
    public string Expression()
    {
        string expression = "{% " + Inside(3) + " %}";
        return chance.Percent(10) ? chance.Damage(expression) : expression;
    }

    /// <summary>The text of an input or a result; now and then none.</summary>
    public string Json() => chance.Percent(10) ? chance.Damage(chance.Pick(Inputs)) : chance.Pick(Inputs);

    private string Inside(int depth)
    {
        if (chance.Percent(2))
        {
            return string.Concat(Enumerable.Repeat(chance.Pick(["(", "[", "1+", "-", "a.", "$f := ", "{'a':", "a~>", "/"]), 3000));
        }

        string expression = chance.Pick(Expressions);
        while (expression.IndexOf('E', StringComparison.Ordinal) is >= 0 and var at)
        {
            // Execution and the like hold the letter too: it is an expression only on its own.
            bool isAlone = (at + 1 == expression.Length || !char.IsLetter(expression[at + 1])) && (at == 0 || !char.IsLetter(expression[at - 1]));
            if (!isAlone)
            {
                break;
            }

            expression = string.Concat(expression.AsSpan(0, at), depth > 0 ? Inside(depth - 1).Replace('E', 'e') : "1", expression.AsSpan(at + 1));
        }

        return expression;
    }
}
