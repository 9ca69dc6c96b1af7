using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Sources;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>
/// What a row says of protection: in the column that holds the marking, in one that is called after protection and is answered with more than no, or in any other of
/// the sender's own that is a word for it and nothing else. A value that nobody knows may be a new kind of protection where a marking is awaited, and is anything
/// elsewhere.
/// </summary>
/// <param name="Known">The strictest in the standard's words.</param>
/// <param name="IsRespelled">Whether some column says that there is none, in another spelling.</param>
/// <param name="Strange">What is said in others.</param>
internal readonly record struct RowMarking(Marking Known, bool IsRespelled, IReadOnlyList<StrangeMarking> Strange)
{
    /// <summary>The strictest.</summary>
    public Marking Marking => Strange.Count == 0 ? Known : (Marking)Math.Max((byte)Known, Strange.Max(each => (byte)each.Marking));

    public static RowMarking Of(CsvFile file, OneRosterRows row, string column, ReadOptions options)
    {
        var (known, isRespelled, strange) = (Marking.Absent, false, (List<StrangeMarking>?)null);
        var place = file == CsvForm.Enrollments ? MarkingPlace.Membership : MarkingPlace.Person;
        foreach (var name in row.Extensions)
        {
            var value = row[name];
            var isAwaited = IsAwaited(name, column);
            var marking = isAwaited && options.IsNoMarking(value) ? Marking.None
                : isAwaited && options.IsProtection(value) ? Marking.Protected
                : isAwaited ? KnownOf(value)
                : value.Length == 0 || !Says(name, value) ? Marking.Absent
                : Marking.Unknown;
            if (isAwaited && marking == Marking.Unknown && MarkingText.IsNone(value))
            {
                (marking, isRespelled) = (Marking.None, true);
            }

            var isUnderstood = marking != Marking.Unknown || (isAwaited && ProtectionWords.BeginAsStandard(value));
            if (!isUnderstood && OfStrange(place, name, value, isAwaited) is var odd && !options.CommonMarkings.Contains(odd.Value))
            {
                (strange ??= []).Add(odd);
            }

            known = isUnderstood && marking > known ? marking : known;
        }

        return new RowMarking(known, isRespelled, strange ?? []);
    }

    private static bool IsAwaited(string name, string column) =>
        name.Equals(column, StringComparison.OrdinalIgnoreCase) || name.Equals(OneRosterSettings.UsualMarkingColumn, StringComparison.OrdinalIgnoreCase);

    /// <summary>In a column that nobody waits for: whether it is one of protection and not answered with no, or whether the value itself is a word for protection.</summary>
    private static bool Says(string name, string value) => ProtectingNames.Has(name) ? !ProtectionWords.IsNo(value) : ProtectionWords.AreAll(value);

    private static StrangeMarking OfStrange(MarkingPlace place, string name, string value, bool isAwaited)
    {
        var odd = MarkingText.Of(place, name, value);
        return !isAwaited && (odd.IsWorded || ProtectionWords.IsPlainYes(value)) ? odd with { IsWorded = true, Marking = Marking.Protected } : odd;
    }

    private static Marking KnownOf(string value) => value switch
    {
        "" => Marking.Absent,
        "Ingen" => Marking.None,
        "Sekretessmarkering" or "Skyddad folkbokföring" => Marking.Protected,
        _ => Marking.Unknown,
    };
}
