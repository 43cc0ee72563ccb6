namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>
/// A function signature, such as <c>&lt;s-nn?:s&gt;</c>: checks arguments, puts the context in for a missing one, and makes
/// arrays of single values (docs.jsonata.org, "Function signatures").
/// </summary>
internal sealed class Signature
{
    /// <summary>Up to so many parameters are matched without an allocation.</summary>
    private const int OnStack = 8;

    /// <summary>Signatures of more parameters are charged and watched while they are matched.</summary>
    private const int StackCheckEvery = 8;

    private readonly SignatureParameter[] _parameters;

    private Signature(SignatureParameter[] parameters) => _parameters = parameters;

    public int Count => _parameters.Length;

    /// <summary>Parses a signature.</summary>
    /// <param name="text">The text with its angle brackets.</param>
    /// <param name="position">The position in the expression.</param>
    /// <exception cref="JsonataException">S0401 or S0402.</exception>
    public static Signature Parse(string text, int position = 0)
    {
        var parameters = new List<SignatureParameter>();
        for (int at = 1; at < text.Length && text[at] != ':'; at++)
        {
            char symbol = text[at];
            switch (symbol)
            {
                case 's' or 'n' or 'b' or 'l' or 'o' or 'a' or 'f' or 'j' or 'x':
                    parameters.Add(SignatureParameter.Of(symbol));
                    break;
                case '-' when parameters.Count > 0:
                    parameters[^1] = parameters[^1] with { FromContext = true, Optional = true };
                    break;
                case '?' when parameters.Count > 0:
                    parameters[^1] = parameters[^1] with { Optional = true };
                    break;
                case '+' when parameters.Count > 0:
                    parameters[^1] = parameters[^1] with { Repeated = true };
                    break;
                case '(':
                    int closing = Closing(text, at, '(', ')');
                    string choice = text[(at + 1)..closing];
                    parameters.Add(choice.Contains('<', StringComparison.Ordinal)
                        ? throw new JsonataException("S0402") { Position = position + at, Value = new JsonString(choice) }
                        : SignatureParameter.OfChoice(choice));
                    at = closing;
                    break;
                case '<':
                    if (parameters.Count == 0 || parameters[^1].Symbol is not ('a' or 'f'))
                    {
                        string previous = parameters.Count == 0 ? string.Empty : parameters[^1].Symbol.ToString();
                        throw new JsonataException("S0401") { Position = position + at, Value = new JsonString(previous) };
                    }

                    int end = Closing(text, at, '<', '>');
                    parameters[^1] = parameters[^1].Holding(text[Math.Min(at + 1, end)..end]);
                    at = end;
                    break;
            }
        }

        return new([.. parameters]);
    }

    /// <summary>How many validated arguments there can be at most.</summary>
    public int BufferLength(int arguments) => Count + arguments;

    /// <summary>Checks the arguments and writes those that the function receives.</summary>
    /// <returns>How many that are; the rest of <paramref name="validated"/> is undefined.</returns>
    /// <exception cref="JsonataException">T0410, T0411 or T0412.</exception>
    public int Validate(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments, JsonValue? context, Span<JsonValue?> validated)
    {
        Span<int> taken = _parameters.Length <= OnStack ? stackalloc int[OnStack] : new int[_parameters.Length];
        if (!Match(evaluator, arguments, taken, 0, 0))
        {
            throw Mismatch(arguments);
        }

        int written = 0;
        int at = 0;
        for (int i = 0; i < _parameters.Length; i++)
        {
            SignatureParameter parameter = _parameters[i];
            if (taken[i] == 0 && parameter.FromContext)
            {
                validated[written++] = parameter.Accepts(context)
                    ? context
                    : throw new JsonataException("T0411") { Value = context, Index = at + 1 };
                continue;
            }

            // A parameter without an argument still moves on by one, as it does in jsonata-js.
            for (int n = 0; n < Math.Max(1, taken[i]); n++, at++)
            {
                JsonValue? argument = at < arguments.Length ? arguments[at] : null;
                validated[written++] = parameter.Symbol == 'a' && taken[i] > 0 && argument is not null
                    ? parameter.ToArray(evaluator, argument, at)
                    : argument;
            }
        }

        return written;
    }

    private static int Closing(string text, int open, char opening, char closing)
    {
        int depth = 1;
        int at = open + 1;
        for (; at < text.Length; at++)
        {
            depth += text[at] == opening ? 1 : text[at] == closing ? -1 : 0;
            if (depth == 0)
            {
                return at;
            }
        }

        return text.Length - 1;
    }

    /// <summary>Which parameter takes how many arguments: each as many as it can while the rest still fit.</summary>
    private bool Match(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments, Span<int> taken, int parameter, int argument)
    {
        if (parameter == _parameters.Length)
        {
            return argument == arguments.Length;
        }

        if (parameter % StackCheckEvery == StackCheckEvery - 1)
        {
            // Trying all combinations takes exponential time if many parameters are optional.
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            evaluator.Charge(StackCheckEvery);
        }

        SignatureParameter expected = _parameters[parameter];
        int most = 0;
        int limit = expected.Repeated ? arguments.Length - argument : Math.Min(1, arguments.Length - argument);
        while (most < limit && expected.Accepts(arguments[argument + most]))
        {
            most++;
        }

        int least = expected.Optional ? 0 : 1;
        for (int count = most; count >= least; count--)
        {
            taken[parameter] = count;
            if (Match(evaluator, arguments, taken, parameter + 1, argument + count))
            {
                return true;
            }
        }

        return false;
    }

    private JsonataException Mismatch(ReadOnlySpan<JsonValue?> arguments)
    {
        // The first argument that no parameter takes, going through them in order.
        int at = 0;
        foreach (SignatureParameter parameter in _parameters)
        {
            if (at < arguments.Length && parameter.Accepts(arguments[at]))
            {
                at++;
            }
            else if (!parameter.Optional)
            {
                break;
            }
        }

        return new("T0410") { Value = at < arguments.Length ? arguments[at] : null, Index = at + 1 };
    }
}
