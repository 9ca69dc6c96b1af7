using System.Collections;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.OneRoster.Feed;

/// <summary>All rows of the seven files, and what they have in common.</summary>
internal sealed class OneRosterContent
{
    private readonly CleanText _clean = new();

    public OneRosterContent(FeedInput input)
    {
        (Roster, Settings, Tenant) = (input.Roster, (OneRosterFeedSettings)input.Settings, input.Tenant);
        (Persons, Classes) = (input.Selection.Persons, input.Selection.Sections);
        Year = SchoolYearSpan.Of(input.Date, Settings.SchoolYearBegins);
        (Organisation, Session) = (OneRosterIds.OfTenant(Tenant).ToString(), OneRosterIds.Derived($"session|{Tenant}|{Year.Year}").ToString());
        ClassIds = OneRosterIds.OfClasses(Roster, Settings);
        Units = [.. Roster.Units.Rows.ToArray().Select(unit => OneRosterIds.OfUnit(unit).ToString())];
    }

    public Roster Roster { get; }

    public OneRosterFeedSettings Settings { get; }

    public string Tenant { get; }

    /// <summary>By row of the roster's persons: whether the files have them.</summary>
    public BitArray Persons { get; }

    /// <summary>By row of the roster's sections: whether the files have them.</summary>
    public BitArray Classes { get; }

    public SchoolYearSpan Year { get; }

    /// <summary>Id of the organisation above the schools.</summary>
    public string Organisation { get; }

    /// <summary>Id of the school year.</summary>
    public string Session { get; }

    /// <summary>By row of the roster's sections.</summary>
    public EntityId[] ClassIds { get; }

    /// <summary>Ids by row of the roster's units.</summary>
    public string[] Units { get; }

    /// <summary>Each refers to earlier ones and to itself.</summary>
    public IReadOnlyList<FormFile> Files
    {
        get
        {
            var (classes, places) = (new OneRosterClasses(this), new OneRosterPlaces(this));
            return
            [
                new(CsvForm.AcademicSessions, classes.Sessions()),
                new(CsvForm.Orgs, classes.Orgs()),
                new(CsvForm.Courses, classes.Courses()),
                new(CsvForm.Users, new OneRosterUsers(this, places).Rows()),
                new(CsvForm.Roles, places.Rows()),
                new(CsvForm.Classes, classes.Rows()),
                new(CsvForm.Enrollments, new OneRosterEnrollments(this).Rows()),
            ];
        }
    }

    /// <summary>The cleaned name of a thing, as much of it as may stand in a file.</summary>
    public string Name(Text text) => CutText.Of(_clean.Clean(Roster[text]), OneRosterLimits.LongestText);

    /// <summary>The same of one that stands in a list, whose commas mean something.</summary>
    public string Listed(Text text) => Name(text).Replace(",", "", StringComparison.Ordinal);

    public static string Text(ReadOnlySpan<byte> value) => Encoding.UTF8.GetString(value);
}
