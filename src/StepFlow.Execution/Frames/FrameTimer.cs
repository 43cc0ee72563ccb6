namespace StepFlow.Execution.Frames;

/// <summary>A timer that a frame waits for.</summary>
/// <param name="Id">Its command's id.</param>
/// <param name="Due">When it fires.</param>
internal sealed record FrameTimer(string Id, DateTimeOffset Due);
