using System.Security.Cryptography;
using System.Text;
using StepFlow.Execution;
using StepFlow.Local.Journal;
using StepFlow.Local.Records;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Journal;

/// <summary>A data file that tests fill and read directly.</summary>
internal sealed class JournalContents : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly JournalStatements _statements;

    public JournalContents()
    {
        File = JournalFile.Open(new() { Folder = _folder.Path });
        _statements = new(File.Writer);
        Reader = new(File.OpenReader());
    }

    public JournalFile File { get; }

    public JournalReader Reader { get; }

    public static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    public static ExecutionRow Row(long id) => new() { Id = id, Arn = $"arn:e:{id}", Machine = "m", Definition = 1, StartTime = id * 1000, Start = [1, (byte)id] };

    public static StoredPayload Payload(string text) => new(Hash(text), Encoding.UTF8.GetBytes(text), () => throw new InvalidOperationException("Its text is at hand."));

    /// <summary>Makes changes in one transaction.</summary>
    public void Write(Action<JournalStatements> change)
    {
        _statements.Begin();
        change(_statements);
        _statements.Commit();
    }

    /// <inheritdoc cref="Write(Action{JournalStatements})"/>
    public T Write<T>(Func<JournalStatements, T> change)
    {
        T result = default!;
        Write(statements => { result = change(statements); });
        return result;
    }

    public void Execute(string sql) => JournalSchema.Execute(File.Writer, sql);

    public long Count(string table) => JournalSchema.Scalar(File.Writer, $"SELECT count(*) FROM {table}");

    /// <summary>Executions with these numbers that run, but for the one that is given.</summary>
    public void Insert(long id, ExecutionProgress? progress = null, Func<ExecutionRow, ExecutionRow>? change = null) =>
        Write(statements => statements.InsertExecution(change?.Invoke(Row(id)) ?? Row(id), progress ?? new() { Status = ExecutionStatus.Running }));

    public void Dispose()
    {
        Reader.Dispose();
        _statements.Dispose();
        File.Dispose();
        _folder.Dispose();
    }
}
