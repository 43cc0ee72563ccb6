using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace StepFlow.Integrations.Functions;

/// <summary>The functions by name. A function in the settings overrides a built-in handler with the same name.</summary>
internal sealed class FunctionCatalog
{
    private readonly FrozenDictionary<string, IFunctionHandler> _functions;

    public FunctionCatalog(IReadOnlyDictionary<string, FunctionOptions> options, IEnumerable<IFunctionHandler> builtIn, FunctionFactory factory)
    {
        var functions = new Dictionary<string, IFunctionHandler>(StringComparer.OrdinalIgnoreCase);
        foreach (IFunctionHandler handler in builtIn)
        {
            functions[handler.Name] = handler;
        }

        var named = new Dictionary<string, IFunctionHandler>(functions, StringComparer.OrdinalIgnoreCase);
        foreach ((string name, FunctionOptions function) in options)
        {
            named[name] = function.Handler is not { } handler ? factory.Create(name, function)
                : functions.TryGetValue(handler, out IFunctionHandler? known) ? known
                : throw UnknownHandler(name, functions.Keys);
        }

        _functions = named.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    // Asked here and not where the settings are checked: handlers are made of services that need the settings.
    private static OptionsValidationException UnknownHandler(string name, IEnumerable<string> known) => new(
        nameof(FunctionOptions),
        typeof(FunctionOptions),
        [$"The setting '{TaskErrors.Section}:Functions:{name}:Handler' must be one of: {string.Join(", ", known.Order())}."]);

    /// <summary>Finds a function; a name with its qualifier comes before the bare name.</summary>
    public IFunctionHandler? Find(FunctionName name) =>
        name.Qualifier is { } qualifier && _functions.TryGetValue(name.Name + "-" + qualifier, out IFunctionHandler? qualified) ? qualified
        : _functions.TryGetValue(name.Name, out IFunctionHandler? function) ? function
        : null;
}
