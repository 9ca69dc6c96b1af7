using System.Text.Json.Serialization;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Contracts;

/// <summary>How far one file of a delivery has come.</summary>
/// <param name="State">
/// <see cref="ReceiptState.Sent"/>: sending was begun, whether the target has it is not known. <see cref="ReceiptState.Accepted"/>: the
/// target has it. Everything else is how it ended.
/// </param>
/// <param name="Since">When sending was begun.</param>
public sealed record FileProgress(string Name, ReceiptState State, DateTimeOffset Since)
{
    /// <summary>The target's own name for the file.</summary>
    public string? Reference { get; init; }

    /// <summary>Rows in the file.</summary>
    public int Rows { get; init; }

    public int Completed { get; init; }

    public int Errors { get; init; }

    public int Warnings { get; init; }

    /// <summary>The lines of all rows with an error, where the target names every one of them.</summary>
    public IReadOnlyList<int> Refused { get; init; } = [];

    public string? Reason { get; init; }

    /// <summary>The target's own ids of what will be hard to find there again, by a key of the feed's that tells of nobody.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Places { get; init; }

    public bool IsOver() => State is not (ReceiptState.Sent or ReceiptState.Accepted);

    /// <summary>Whether the target has worked through every row, without an error but for rows it has named.</summary>
    public bool IsConfirmed() =>
        (State == ReceiptState.Processed && Completed >= Rows) || (State == ReceiptState.ProcessedWithErrors && Refused.Count > 0);
}

/// <summary>
/// What a delivery has done so far, file by file, kept before and after each step: a repeated stage goes on where the last one ended and
/// sends nothing twice.
/// </summary>
/// <param name="keep">Puts what a target answered to a file beside the receipt, as it came.</param>
public sealed class DeliveryProgress(
    IEnumerable<FileProgress> files, Func<IReadOnlyList<FileProgress>, Task> save, Func<string, ReadOnlyMemory<byte>, Task>? keep = null)
{
    private readonly List<FileProgress> _files = [.. files];

    /// <summary>Whose delivery it is.</summary>
    public string Tenant { get; init; } = "";

    public string Run { get; init; } = "";

    /// <summary>Asked before every step that the target may notice, and in the midst of one that took long.</summary>
    public Func<Task>? Prove { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether a protected person would be recognised in what a target has and would be sent back with a change.</summary>
    public RowTest IsTelling { get; init; } = static _ => false;

    public IReadOnlyList<FileProgress> Files => _files;

    public FileProgress? Find(string name) => _files.Find(file => file.Name == name);

    /// <exception cref="FencedOffException">The file is about to be sent, and somebody else has taken this run's place.</exception>
    public async Task SetAsync(FileProgress file)
    {
        var (prove, asked) = (file.State == ReceiptState.Sent ? Prove : null, Time.GetTimestamp());
        if (prove is not null)
        {
            await prove();
        }

        _files.RemoveAll(earlier => earlier.Name == file.Name);
        _files.Add(file);
        await save(Files);

        // A host that stood still meanwhile does not know what another one has brought.
        if (prove is not null && Time.GetElapsedTime(asked) > ProvenStream.Pause)
        {
            await prove();
        }
    }

    /// <summary>Brings a file by a call that may be repeated. From here until the answer nobody knows whether the receiver has the file.</summary>
    /// <param name="put">Throws <see cref="DeliveryRefusedException"/> when the receiver has not taken it.</param>
    public async Task PutAsync(string name, DateTimeOffset now, Func<Task> put)
    {
        var isFirst = Find(name) is null;
        await SetAsync(new FileProgress(name, ReceiptState.Sent, now));
        try
        {
            await put();
        }
        catch (DeliveryRefusedException e) when (isFirst && !e.MayBeThere)
        {
            await ForgetAsync(name);
            throw;
        }

        // Put on record with the next step.
        _files[^1] = _files[^1] with { State = ReceiptState.Accepted };
    }

    /// <summary>Brings all files in their order, each by a call that may be repeated, and none again that the receiver has taken.</summary>
    /// <param name="put">As of <see cref="PutAsync"/>; the file stays open.</param>
    public async Task<DeliveryResult> PutAllAsync(FeedFiles files, TimeProvider time, Func<string, Stream, Task> put)
    {
        foreach (var name in files.Names.Where(name => Find(name)?.State != ReceiptState.Accepted))
        {
            var file = files.Open(name);
            await PutAsync(name, time.GetUtcNow(), () => put(name, Prove is null ? file : new ProvenStream(file, Prove, time)));
        }

        return new DeliveryResult(ReceiptState.Sent);
    }

    /// <summary>The target has certainly not taken the file: it may be sent again.</summary>
    public Task ForgetAsync(string name)
    {
        _files.RemoveAll(file => file.Name == name);
        return save(Files);
    }

    public Task KeepAnswerAsync(string file, ReadOnlyMemory<byte> answer) => keep is null ? Task.CompletedTask : keep(file, answer);
}
