using System.CommandLine;
using StepFlow.Local.Client;
using StepFlow.Local.Failures;

namespace StepFlow.Local.Commands;

/// <summary>A command whose help shows examples.</summary>
internal sealed class ExampleCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>Whether the command makes hashes or secrets, which need a library of the system.</summary>
    public bool NeedsCryptography { get; private set; } = true;

    /// <summary>Says that the command makes neither hashes nor secrets.</summary>
    public ExampleCommand WithoutCryptography()
    {
        NeedsCryptography = false;
        return this;
    }

    /// <summary>Says what it does.</summary>
    /// <param name="work">Does it, and gives the exit code.</param>
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

    /// <summary>Says what it does with the server that the command line names.</summary>
    /// <param name="work">Does it, and gives the exit code.</param>
    public ExampleCommand RunsOnServer(Func<ParseResult, ServerClient, CancellationToken, Task<int>> work) => Runs(async (arguments, cancellationToken) =>
    {
        using var client = new ServerClient(arguments.GetRequiredValue(CommonOptions.Server), TimeProvider.System);
        return await work(arguments, client, cancellationToken);
    });

    /// <summary>Says what it does with the server that the command line names. It succeeds unless the work throws.</summary>
    /// <param name="work">Does it.</param>
    public ExampleCommand RunsOnServer(Func<ParseResult, ServerClient, CancellationToken, Task> work) => RunsOnServer(async (arguments, client, cancellationToken) =>
    {
        await work(arguments, client, cancellationToken);
        return ExitCodes.Success;
    });
}
