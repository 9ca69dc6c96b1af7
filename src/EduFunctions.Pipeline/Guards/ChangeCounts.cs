namespace EduFunctions.Pipeline.Guards;

/// <summary>How many rows there were, and what becomes of them. What was there is counted where it was.</summary>
public struct RowCounts
{
    public int Before;
    public int Added;
    public int Changed;
    public int Removed;

    public readonly int Now => Before + Added - Removed;

    public readonly bool IsSame => Added == 0 && Changed == 0 && Removed == 0;

    internal void Count(Change change)
    {
        Before += change is Change.Same or Change.Changed or Change.Removed ? 1 : 0;
        Added += change == Change.Added ? 1 : 0;
        Changed += change == Change.Changed ? 1 : 0;
        Removed += change == Change.Removed ? 1 : 0;
    }

    internal void Add(in RowCounts other)
    {
        Before += other.Before;
        Added += other.Added;
        Changed += other.Changed;
        Removed += other.Removed;
    }
}

/// <summary>Counts by kind and by school; a school is the rank of its unit, and one more stands for rows of no school.</summary>
public sealed class ChangeCounts(int schools)
{
    public static IReadOnlyList<RowKind> Kinds { get; } = Enum.GetValues<RowKind>();

    private readonly RowCounts[] _counts = new RowCounts[Kinds.Count * (schools + 1)];

    public int Schools => schools + 1;

    public ref RowCounts this[RowKind kind, int school] => ref _counts[((int)kind * Schools) + (school < 0 ? schools : school)];

    public RowCounts Total(RowKind kind)
    {
        var total = default(RowCounts);
        for (var school = 0; school < Schools; school++)
        {
            total.Add(this[kind, school]);
        }

        return total;
    }
}
