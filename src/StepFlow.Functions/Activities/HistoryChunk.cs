namespace StepFlow.Functions.Activities;

/// <summary>History events on their way to storage: a compressed run of events, or a part of one that is too large for a message.</summary>
/// <param name="FirstEventId">The first event in it.</param>
/// <param name="Part">The part of the run, from 0.</param>
/// <param name="Parts">How many parts the run has.</param>
/// <param name="Content">The bytes.</param>
public sealed record HistoryChunk(long FirstEventId, int Part, int Parts, byte[] Content);
