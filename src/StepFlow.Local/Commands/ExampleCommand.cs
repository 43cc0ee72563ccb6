using System.CommandLine;
using StepFlow.Local.Client;

namespace StepFlow.Local.Commands;

/// <summary>A command whose help shows examples.</summary>
internal sealed class ExampleCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>Whether the command makes hashes or secrets, which need a library of the system.</summary>
    public bool NeedsCryptography { get; private set; } = true;

    /// <summary>Reports that the command makes neither hashes nor secrets.</summary>
    public ExampleCommand WithoutCryptography()
    {
        NeedsCryptography = false;
        return this;
    }

    /// <summary>Sets the action of the command.</summary>
    /// <param name="work">The action. It returns the exit code.</param>
    public ExampleCommand Runs(Func<ParseResult, CancellationToken, Task<int>> work)
    {
        SetAction(work);
        return this;
    }

    /// <inheritdoc cref="Runs(Func{ParseResult, CancellationToken, Task{int}})"/>
    public ExampleCommand Runs(Func<ParseResult, int> work)
    {
        SetAction(work);
        return this;
    }

    /// <summary>Sets the action of the command on the server of the command line.</summary>
    /// <param name="work">The action. It returns the exit code.</param>
    public ExampleCommand RunsOnServer(Func<ParseResult, ServerClient, CancellationToken, Task<int>> work) => Runs(async (arguments, cancellationToken) =>
    {
        using var client = new ServerClient(arguments.GetRequiredValue(CommonOptions.Server), TimeProvider.System);
        return await work(arguments, client, cancellationToken);
    });

    /// <summary>Sets the action of the command on the server of the command line. The command succeeds unless the action throws.</summary>
    public ExampleCommand RunsOnServer(Func<ParseResult, ServerClient, CancellationToken, Task> work) => RunsOnServer(async (arguments, client, cancellationToken) =>
    {
        await work(arguments, client, cancellationToken);
        return ExitCodes.Success;
    });
}
