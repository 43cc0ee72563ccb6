using System.CommandLine;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow completion SHELL</c>: a script that completes commands and options.</summary>
internal static class CompletionCommand
{
    // Each calls the command itself, with its directive [suggest:POSITION].
    private static readonly IReadOnlyDictionary<string, string> Scripts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["bash"] = """
            _stepflow() {
              local IFS=$'\n'
              COMPREPLY=($(compgen -W "$(stepflow "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _stepflow stepflow
            """,
        ["zsh"] = """
            #compdef stepflow
            _stepflow() {
              compadd -- ${(f)"$(stepflow "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)"}
              _files
            }
            compdef _stepflow stepflow
            """,
        ["fish"] = """
            complete -c stepflow -a '(stepflow "[suggest:"(commandline -C)"]" (commandline -p) 2>/dev/null)'
            """,
        ["pwsh"] = """
            Register-ArgumentCompleter -Native -CommandName stepflow -ScriptBlock {
              param($word, $ast, $position)
              stepflow "[suggest:$position]" "$ast" 2>$null | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }
            """,
    };

    private static readonly Argument<string> Shell = new("SHELL") { Description = "bash, zsh, fish or pwsh." };

    public static Command Create() => new ExampleCommand(
        "completion",
        "Writes a script that completes commands and options in a shell.",
        "source <(stepflow completion bash)",
        "stepflow completion fish > ~/.config/fish/completions/stepflow.fish")
    {
        Shell,
    }.Runs(static async (arguments, _) =>
    {
        string shell = arguments.GetRequiredValue(Shell);
        await arguments.InvocationConfiguration.Output.WriteLineAsync(Scripts.GetValueOrDefault(shell)
            ?? throw new CommandException(ExitCodes.Usage, $"{shell} is not one of {string.Join(", ", Scripts.Keys)}."));
        return ExitCodes.Success;
    }).WithoutCryptography();
}
