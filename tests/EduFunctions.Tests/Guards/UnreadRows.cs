using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Tests.Guards;

/// <summary>Nights in which nobody can read what the source says of some.</summary>
internal static class UnreadRows
{
    /// <summary>The town's roster: these persons and sections are handed out, and are not in it since they were not understood.</summary>
    /// <param name="town">With them, or with what of the next town they are.</param>
    public static Roster Unread(this RosterSketch town, Func<SketchPerson, bool> isUnread, Func<SketchSection, bool>? isUnreadSection = null) =>
        town.Without(isUnread).Sections(section => isUnreadSection?.Invoke(section) == true ? [] : [section])
            .With(town, [.. town.Persons.Where(isUnread)], [.. town.Sections.Where(section => isUnreadSection?.Invoke(section) == true)]);

    /// <summary>A roster beside rows of another town that were not understood.</summary>
    public static Roster With(this RosterSketch now, RosterSketch other, IReadOnlyCollection<SketchPerson> persons, IReadOnlyCollection<SketchSection> sections)
    {
        var (roster, whole) = (now.Build(), other.Build());
        var unread = persons.Select(person => RosterSketch.Id('p', person.Id)).ToHashSet();
        roster.Doubts.Add([.. unread.Order().Select(id => new DoubtRow(EntityKind.Person, id))]);
        roster.Doubts.Add([.. sections.Select(section => new DoubtRow(EntityKind.Group, RosterSketch.Id('g', section.Id)))]);
        foreach (var person in whole.Persons.Rows.ToArray().Where(person => unread.Contains(person.Id)))
        {
            roster.Unread.Add([.. UnreadMarks.OfPerson(person.Texts, default, whole.Texts).Select(hash => new UnreadMark(EntityKind.Person, person.Id, hash))]);
        }

        roster.Unread.Add([.. sections.Select(section =>
            new UnreadMark(EntityKind.Group, RosterSketch.Id('g', section.Id), UnreadMarks.OfName(System.Text.Encoding.UTF8.GetBytes(section.Name))))]);
        return roster;
    }
}
