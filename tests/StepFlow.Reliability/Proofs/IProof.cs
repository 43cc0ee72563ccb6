using StepFlow.Reliability.Checking;

namespace StepFlow.Reliability.Proofs;

/// <summary>One load that showed a fault once, by itself, and what it must show now.</summary>
internal interface IProof
{
    /// <summary>Its name, for <c>--proof</c>.</summary>
    string Name { get; }

    /// <summary>The faults that it lets strike, by name.</summary>
    IReadOnlyList<string> Faults => [];

    /// <summary>Runs it.</summary>
    /// <param name="bed">A server, and the faults.</param>
    /// <param name="time">How long it runs, if not as long as its work.</param>
    /// <param name="output">Takes what is measured, a line each.</param>
    /// <param name="cancellationToken">Cancels the proof.</param>
    /// <returns>What is not as it must be.</returns>
    Task<IReadOnlyList<Problem>> RunAsync(TestBed bed, TimeSpan time, TextWriter output, CancellationToken cancellationToken);
}
