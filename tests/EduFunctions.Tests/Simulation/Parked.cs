namespace EduFunctions.Tests.Simulation;

internal enum OperationKind
{
    Storage,
    Source,
    Target,
}

/// <summary>Something that a host wants of the world, and waits for.</summary>
/// <param name="Key">What it is; the same in every play of a seed.</param>
/// <param name="Errand">In which piece of the host's work.</param>
/// <param name="Perform">Does it; or, given an exception, lets it be told of that instead. What is returned tells how it came out.</param>
/// <param name="Fail">Does nothing; what is returned tells of the exception.</param>
/// <param name="IsAnswered">Whether nobody waits for it any more.</param>
internal sealed record Call(
    SimulatedHost Host, OperationKind Kind, string Key, int Errand, Func<Exception?, Action> Perform, Func<Exception, Action> Fail, Func<bool> IsAnswered)
{
    public DateTimeOffset? Arrives { get; set; }

    public bool IsStale { get; set; }
}

/// <summary>
/// What one piece of work asks for at a time in the same words, mostly once. Where several threads of it do, as with the proof before each of several files
/// that are written at once, nothing but chance says which is which. So they have one fate: it is all the same then who was first.
/// </summary>
internal sealed class Parked(IReadOnlyList<Call> alike)
{
    public IReadOnlyList<Call> Alike => alike;

    public SimulatedHost Host => alike[0].Host;

    public OperationKind Kind => alike[0].Kind;

    public string Key => alike[0].Key;

    public bool IsAnswered => alike[0].IsAnswered();

    /// <summary>It is under way until then; null when it has not set out.</summary>
    public DateTimeOffset? Arrives
    {
        get => alike[0].Arrives;
        set
        {
            foreach (var call in alike)
            {
                call.Arrives = value;
            }
        }
    }

    /// <summary>The host stood still while it was to set out or under way.</summary>
    public bool IsStale
    {
        get => alike[0].IsStale;
        set
        {
            foreach (var call in alike)
            {
                call.IsStale = value;
            }
        }
    }

    /// <inheritdoc cref="Call.Perform"/>
    public void Perform(Exception? lost) => Tell(call => call.Perform(lost));

    /// <inheritdoc cref="Call.Fail"/>
    public void Fail(Exception e) => Tell(call => call.Fail(e));

    /// <summary>None of them hears how it came out before all have: what one makes of it takes nothing away from the others.</summary>
    private void Tell(Func<Call, Action> answer) => alike.Select(answer).ToList().ForEach(tell => tell());
}
