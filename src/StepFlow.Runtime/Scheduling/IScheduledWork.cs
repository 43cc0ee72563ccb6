namespace StepFlow.Runtime.Scheduling;

/// <summary>Something that an execution has to do, in short pieces.</summary>
public interface IScheduledWork
{
    /// <summary>The lane of the work: its state machine.</summary>
    string Lane { get; }

    /// <summary>Does one piece. Never throws; schedules itself again where more is left.</summary>
    void Run();
}
