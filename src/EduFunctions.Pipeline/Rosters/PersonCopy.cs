using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>
/// Copies the persons who may be handed on, in the order of their ids, on all processors. In that order they lie anywhere in the source's memory:
/// a few are gathered at a time, so that the processor waits for many of them at once instead of for one after the other.
/// </summary>
internal sealed class PersonCopy
{
    private const int RangeSize = 1 << 13;
    private const int BatchSize = 64;

    private readonly SourceData _data;
    private readonly Roles[] _roles;
    private readonly Roster _roster;

    /// <summary>Rows of the source.</summary>
    private readonly int[] _rows;

    /// <summary>By range of rows: where its texts begin; one more says where the last ones end.</summary>
    private readonly int[] _starts;

    private PersonCopy(Decisions decisions, Roster roster)
    {
        (_data, _roles, _roster) = (decisions.Data, decisions.Eligible, roster);
        _rows = Eligible();
        _starts = new int[1 + ((_rows.Length + RangeSize - 1) / RangeSize)];
    }

    /// <param name="texts">Gets the persons' texts, and has room for those of their identifiers: it is too large to grow.</param>
    public static void Copy(Decisions decisions, Roster roster, TextChunk texts)
    {
        var copy = new PersonCopy(decisions, roster);
        roster.Persons.Resize(copy._rows.Length);
        copy.EachRange(copy.Measure);
        for (var range = 1; range < copy._starts.Length; range++)
        {
            copy._starts[range] = checked(copy._starts[range] + copy._starts[range - 1]);
        }

        texts.Reserve(checked(copy._starts[^1] + LengthOfIdentifiers(decisions.Data)));
        texts.Resize(copy._starts[^1]);
        copy.EachRange(range => copy.Copy(range, texts));
    }

    private static int LengthOfIdentifiers(SourceData data)
    {
        var length = 0;
        foreach (ref readonly var identifier in data.Identifiers.Rows)
        {
            length += identifier.Value.Length;
        }

        return length;
    }

    private int[] Eligible()
    {
        var rows = new int[_data.Persons.Distinct];
        var count = 0;
        foreach (var row in _data.Persons.ById())
        {
            if (_roles[row] != Roles.None)
            {
                rows[count++] = row;
            }
        }

        return rows[..count];
    }

    private void EachRange(Action<int> work) => Parallel.For(0, _starts.Length - 1, work);

    private ReadOnlySpan<int> RowsOf(int range) => _rows.AsSpan(range * RangeSize, Math.Min(RangeSize, _rows.Length - (range * RangeSize)));

    private void Measure(int range)
    {
        var length = 0;
        foreach (var row in RowsOf(range))
        {
            ref readonly var person = ref _data.Persons[row];
            length += person.GivenName.Length + person.MiddleName.Length + person.FamilyName.Length + person.PrincipalName.Length
                + person.StudentEmail.Length + person.StaffEmail.Length + person.PrivateEmail.Length + person.CivicNumber.Length;
        }

        _starts[range + 1] = length;
    }

    private void Copy(int range, TextChunk texts)
    {
        var rows = RowsOf(range);
        var (row, end) = (range * RangeSize, _starts[range]);
        Span<Text> given = stackalloc Text[BatchSize * RosterPerson.TextCount];
        Span<int> places = stackalloc int[BatchSize];
        for (var first = 0; first < rows.Length; first += BatchSize)
        {
            var batch = rows[first..Math.Min(rows.Length, first + BatchSize)];
            var copied = _roster.Persons.Rows.Slice(row + first, batch.Length);
            Gather(batch, given);
            for (var at = 0; at < batch.Length; at++)
            {
                places[at] = end;
                copied[at] = new RosterPerson { Id = _data.Persons.Id(batch[at]), Roles = _roles[batch[at]], SchoolYear = -1 };
                end = copied[at].SetTexts(end, given.Slice(at * RosterPerson.TextCount, RosterPerson.TextCount));
            }

            CopyTexts(given, places[..batch.Length], texts.Bytes);
        }
    }

    private void Gather(ReadOnlySpan<int> rows, Span<Text> given)
    {
        foreach (var row in rows)
        {
            ref readonly var person = ref _data.Persons[row];
            (given[0], given[1], given[2], given[3]) = (person.GivenName, person.MiddleName, person.FamilyName, person.PrincipalName);
            (given[4], given[5], given[6], given[7]) = (person.StudentEmail, person.StaffEmail, person.PrivateEmail, person.CivicNumber);
            given = given[RosterPerson.TextCount..];
        }
    }

    /// <summary>First everybody's first, which has to be waited for, then the others, which lie beside it.</summary>
    private void CopyTexts(ReadOnlySpan<Text> given, Span<int> places, Span<byte> texts)
    {
        for (var text = 0; text < RosterPerson.TextCount; text++)
        {
            for (var at = 0; at < places.Length; at++)
            {
                var bytes = _data.Texts[given[(at * RosterPerson.TextCount) + text]];
                bytes.CopyTo(texts[places[at]..]);
                places[at] += bytes.Length;
            }
        }
    }
}
