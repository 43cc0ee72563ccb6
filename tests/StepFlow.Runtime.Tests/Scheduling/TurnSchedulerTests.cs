using StepFlow.Runtime.Scheduling;

namespace StepFlow.Runtime.Tests.Scheduling;

/// <summary>Work runs on the scheduler's threads, or on the caller's in the place of one of them: never more at a time.</summary>
public sealed class TurnSchedulerTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void RunOrSchedule_NothingToDo_RunsOnTheCallersThread()
    {
        using var scheduler = new TurnScheduler(1);
        Thread? ran = null;
        scheduler.RunOrSchedule(new Work(() => ran = Thread.CurrentThread));
        Assert.Same(Thread.CurrentThread, ran);
    }

    [Fact]
    public async Task RunOnPoolOrSchedule_OnAThreadOfThePool_RunsThere()
    {
        using var scheduler = new TurnScheduler(2);
        Thread? ran = null;
        Thread caller = await Task.Run(() =>
        {
            scheduler.RunOnPoolOrSchedule(new Work(() => ran = Thread.CurrentThread));
            return Thread.CurrentThread;
        }, Cancelled);
        Assert.Same(caller, ran);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(5, 2)]
    public async Task RunOnPoolOrSchedule_InsideItself_RunsThereForHalfOfTheThreads(int threads, int here)
    {
        using var scheduler = new TurnScheduler(threads);
        using var scheduled = new CountdownEvent(1);
        int ran = 0;
        await Task.Run(() =>
        {
            Thread caller = Thread.CurrentThread;
            void Next()
            {
                if (Thread.CurrentThread == caller)
                {
                    ran++;
                    scheduler.RunOnPoolOrSchedule(new Work(Next));
                }
                else
                {
                    scheduled.Signal();
                }
            }

            scheduler.RunOnPoolOrSchedule(new Work(Next));
        }, Cancelled);
        scheduled.Wait(Cancelled);
        Assert.Equal(here, ran);
    }

    [Fact]
    public void RunOnPoolOrSchedule_OnAnotherThread_IsScheduled()
    {
        using var scheduler = new TurnScheduler(2);
        using var done = new ManualResetEventSlim();
        Thread? ran = null;
        var caller = new Thread(() => scheduler.RunOnPoolOrSchedule(new Work(() =>
        {
            ran = Thread.CurrentThread;
            done.Set();
        })));
        caller.Start();
        done.Wait(Cancelled);
        Assert.Equal("stepflow turns", ran!.Name);
        caller.Join();
    }

    [Fact]
    public async Task IsAlone_WhileWorkRunsOrWaits_IsTold()
    {
        using var scheduler = new TurnScheduler(1);
        var told = new TaskCompletionSource<(bool, bool, bool)>(TaskCreationOptions.RunContinuationsAsynchronously);
        scheduler.RunOrSchedule(new Work(() =>
        {
            bool before = scheduler.IsAlone;
            scheduler.Schedule(new Work(static () => { }));
            told.SetResult((before, scheduler.IsAlone, scheduler.IsIdle));
        }));
        Assert.Equal((true, false, false), await told.Task.WaitAsync(Cancelled));
    }

    [Fact]
    public async Task RunOrSchedule_EverySlotTaken_RunsInItsTurnOnAnotherThread()
    {
        using var scheduler = new TurnScheduler(1);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var release = new ManualResetEventSlim();
        scheduler.Schedule(new Work(() =>
        {
            begun.SetResult();
            release.Wait(Cancelled);
        }));
        await begun.Task.WaitAsync(Cancelled);

        var ran = new TaskCompletionSource<Thread>(TaskCreationOptions.RunContinuationsAsynchronously);
        scheduler.RunOrSchedule(new Work(() => ran.SetResult(Thread.CurrentThread)));
        Assert.False(ran.Task.IsCompleted);
        release.Set();
        Assert.Equal("stepflow turns", (await ran.Task.WaitAsync(Cancelled)).Name);
    }

    [Fact]
    public async Task Schedule_WhileACallersThreadHasTheSlot_RunsAfterIt()
    {
        using var scheduler = new TurnScheduler(1);
        var ran = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool isRunning = false;
        scheduler.RunOrSchedule(new Work(() =>
        {
            Volatile.Write(ref isRunning, true);
            scheduler.Schedule(new Work(() => ran.SetResult(Volatile.Read(ref isRunning))));

            // Its thread has every opportunity to take the work too early.
            for (int i = 0; i < 100; i++)
            {
                Thread.Yield();
            }

            Volatile.Write(ref isRunning, false);
        }));
        Assert.False(await ran.Task.WaitAsync(Cancelled));
    }

    [Fact]
    public void RunOrSchedule_WorkThatThrows_LeavesItsSlot()
    {
        using var scheduler = new TurnScheduler(1);
        Assert.Throws<InvalidOperationException>(() => scheduler.RunOrSchedule(new Work(static () => throw new InvalidOperationException())));
        Thread? ran = null;
        scheduler.RunOrSchedule(new Work(() => ran = Thread.CurrentThread));
        Assert.Same(Thread.CurrentThread, ran);
    }

    [Fact]
    public async Task Work_FromManyThreads_NeverRunsMoreAtATimeThanThereAreThreads()
    {
        const int Threads = 3;
        var all = new CountdownEvent(2000);
        using var scheduler = new TurnScheduler(Threads);
        int running = 0;
        int most = 0;
        Work Counted() => new(() =>
        {
            int now = Interlocked.Increment(ref running);
            for (int seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most))
            {
                Interlocked.CompareExchange(ref most, now, seen);
            }

            Thread.Yield();
            Interlocked.Decrement(ref running);
            all.Signal();
        });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 125; i++)
            {
                scheduler.RunOrSchedule(Counted());
                scheduler.Schedule(Counted());
            }
        })));
        all.Wait(Cancelled);
        Assert.InRange(most, 1, Threads);
        all.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ScheduleTogether_ManyPieces_AllRun(bool throws)
    {
        const int Pieces = 100;
        using var all = new CountdownEvent(Pieces + 1);
        using var scheduler = new TurnScheduler(2);
        void Schedule()
        {
            for (int i = 0; i < Pieces; i++)
            {
                scheduler.Schedule(new Work(() => all.Signal()));
            }

            // What another thread schedules meanwhile is not delayed.
            var other = new Thread(() => scheduler.Schedule(new Work(() => all.Signal())));
            other.Start();
            other.Join();
            if (throws)
            {
                throw new InvalidOperationException();
            }
        }

        Assert.Equal(throws ? typeof(InvalidOperationException) : null, Record.Exception(() => scheduler.ScheduleTogether(Schedule))?.GetType());
        all.Wait(Cancelled);
    }

    private sealed class Work(Action run) : IScheduledWork
    {
        public string Lane => "lane";

        public void Run() => run();
    }
}
