using System.Buffers;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// What would be found although it tells nothing of a protected person: a name that somebody else has too, a family's mail address, the name of
/// a school. Found by the scan itself, so that it never stops a feed over a row of somebody who is not protected.
/// </summary>
internal static class SharedValues
{
    public static IReadOnlyCollection<RowHit> Find(SourceData data, ProtectedValues values)
    {
        var scan = new RowScan(values);
        var shared = new HashSet<RowHit>();
        var names = new ArrayBufferWriter<byte>();
        for (var row = 0; row < data.Persons.Count; row++)
        {
            if (data.ProtectedIds.Contains(data.Persons.Id(row)))
            {
                continue;
            }

            var texts = data.Persons[row].Texts;
            names.ResetWrittenCount();
            Add(names, data.Texts[texts.GivenName]);
            Add(names, data.Texts[texts.MiddleName]);
            Add(names, data.Texts[texts.FamilyName]);
            Add(shared, scan.Find(names.WrittenSpan), _ => true);
            Add(shared, scan.Find(data.Texts[texts.PrivateEmail]), kind => kind == PersonalKind.PrivateEmail);
        }

        foreach (ref readonly var unit in data.Units.Rows)
        {
            Add(shared, scan.Find(data.Texts[unit.Name]), _ => true);
        }

        return shared;
    }

    private static void Add(HashSet<RowHit> shared, IReadOnlyList<RowHit> hits, Predicate<PersonalKind> isOf)
    {
        for (var i = 0; i < hits.Count; i++)
        {
            if (isOf(hits[i].Kind))
            {
                shared.Add(hits[i]);
            }
        }
    }

    private static void Add(ArrayBufferWriter<byte> names, ReadOnlySpan<byte> name)
    {
        names.Write(name);
        names.Write(" "u8);
    }
}
