using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Systems.AppleSchoolManager;
using EduFunctions.Pipeline.Systems.Blackboard;
using EduFunctions.Pipeline.Systems.OneRoster.Feed;
using EduFunctions.Pipeline.Systems.SchoolDataSync;
using EduFunctions.Pipeline.Systems.Scim;
using EduFunctions.Pipeline.Systems.Unikum;
using EduFunctions.Pipeline.Systems.Unilogin.Import;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Feeds;

/// <summary>What the product writes itself tells of nobody, an id is somebody's as a whole, and every text is looked through.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class TypedRowTests
{
    private const string Hidden = "4e029f67-638e-514f-814b-095d3e88a048";

    /// <summary>With 1234567 between letters, and words that are a name.</summary>
    private const string Other = "a1234567-8abc-4def-8abc-ab26bd1fed0c";

    /// <summary>By feed and file: <c>{id}</c> stands where an id does, and <c>{text}</c> where a text of a register does.</summary>
    public static TheoryData<string, string, string> Files => new()
    {
        {
            "apple", "students.csv",
            "person_id,person_number,first_name,middle_name,last_name,grade_level,email_address,sis_username,password_policy,location_id,location_id_2\n"
            + "{id},,{text},,Lind,7,,,4,{id},{id}\n"
        },
        { "apple", "rosters.csv", "roster_id,class_id,student_id,\n{id},{id},\"{id}\"\n" },
        { "apple", "classes.csv", "class_id,class_number,course_id,instructor_id,instructor_id_2,location_id\n{id},\"{text}\",{id},{id},{id},{id}\n" },
        {
            "learn", "person.txt",
            "\uFEFFexternal_person_key|user_id|firstname|lastname|email|institution_role|system_role|available_ind|row_status|data_source_key\n"
            + "{id}|{id}|{text}|Lind||STUDENT|none|Y|enabled|student\n"
        },
        {
            "oneRoster", "roles.csv",
            "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\n"
            + "{id},active,2026-05-24T00:00:00Z,{id},primary,student,2026-05-24,,{id},{text}\n"
        },
        { "oneRoster", "classes.csv", "sourcedId,title,termSourcedIds\n{id},{text},\"{id},{id}\"\n" },
        { "sds", "users.csv", "sourcedId,username,givenName,familyName,email\n{id},,{text},Lind,\n" },
        {
            "scim", "scim.jsonl",
            "{\"do\":\"bring\",\"type\":\"Users\",\"id\":\"{id}\",\"resource\":{\"schemas\":[\"urn:student\"],\"externalId\":\"{id}\",\"displayName\":\"{text}\","
            + "\"userType\":\"student\",\"owner\":{\"value\":{\"@\":\"SchoolUnits/{id}\"}}},\"keep\":[\"{id}\",\"{id}\"]}\n"
        },
        { "unikum", "x.relations", "{id}\t{id}\tstudent_in_school\tadd\n" },
        { "unikum", "x.principals", "{id}\t{text}\t\t\t\t\tclass\n{text}\tLind\t\t{id}\t\t\t\t\t\t\t\t\t\t\t\t7\t\t\tuser\n" },
        {
            "unilogin", "x.xml",
            "<UNILoginImport source=\"student\" sourceDateTime=\"2026-05-24T00:00:00Z\">\n"
            + "  <LocalPersonId>{id}</LocalPersonId>\n  <Role>student</Role><FirstName>{text}</FirstName>\n"
        },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Ids_and_own_words_tell_of_nobody_by_their_parts(string feed, string file, string content) =>
        Assert.Empty(Errors(feed, file, content, Other, "Maja Lind"));

    [Theory]
    [MemberData(nameof(Files))]
    public void The_own_id_is_found_wherever_an_id_stands(string feed, string file, string content)
    {
        var first = content.IndexOf("{id}", StringComparison.Ordinal);
        for (var at = first; at >= 0; at = content.IndexOf("{id}", at + 1, StringComparison.Ordinal))
        {
            Assert.NotEmpty(Errors(feed, file, content[..at] + Hidden + content[(at + 4)..], Other, "Maja"));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_text_is_looked_through(string feed, string file, string content)
    {
        foreach (var text in content.Contains("{text}", StringComparison.Ordinal) ? (string[])["Alva Berglund", "student", "al@id.example", "Ring 123 45 67", "20 26 05 24"] : [])
        {
            Assert.NotEmpty(Errors(feed, file, content, Other, text));
        }
    }

    /// <summary>Ids that are texts of a register, columns that nobody knows, and what looks otherwise than it should.</summary>
    [Theory]
    [InlineData("person_id,hobby\n7,Alva Berglund\n")]
    [InlineData("person_id,person_number\n7,alva.berglund.7\n")]
    [InlineData("person_id,Alva Berglund\n7,8\n")]
    [InlineData("Alva Berglund\n")]
    [InlineData("person_id,password_policy\n7,\"4\nAlva Berglund\",x\n")]
    [InlineData("person_id,password_policy\n7,4,Alva Berglund\n")]
    [InlineData("grade_level,first_name,last_name\n7,Alva,Berglund\n")]
    public void What_nobody_vouches_for_is_text(string content) => Assert.NotEmpty(Errors("apple", "students.csv", content, Other, ""));

    private static IReadOnlyList<FeedError> Errors(string feed, string file, string content, string id, string text)
    {
        var data = new SourceData(new Vocabularies());
        var person = EntityId.Parse(Hidden);
        data.ProtectedIds.Add(person);
        data.PersonalValues.AddRange(
        [
            new(person, PersonalKind.Name, "Alva", "Berglund"), new(person, PersonalKind.Name, "Ab", "Bd"), new(person, PersonalKind.UserName, "student"),
            new(person, PersonalKind.UserName, "al@id.example"), new(person, PersonalKind.Phone, "1234567"), new(person, PersonalKind.Phone, "20 26 05 24"),
        ]);
        using var files = new FeedFiles();
        files.Create(file).Write(Encoding.UTF8.GetBytes(content.Replace("{id}", id, StringComparison.Ordinal).Replace("{text}", text, StringComparison.Ordinal)));
        var (plugIn, settings) = FeedOf(feed);
        return LeakScan.Errors(files, ProtectedValuesBuilder.Of(data, 17), plugIn, settings);
    }

    private static (IFeed Feed, FeedSettings Settings) FeedOf(string feed) => feed switch
    {
        "apple" => (new AppleFeed(), new AppleSettings()),
        "learn" => (new BlackboardFeed(), new BlackboardSettings()),
        "oneRoster" => (new OneRosterFeed(), new OneRosterFeedSettings { Organisation = "Nordhamn" }),
        "sds" => (new SdsFeed(), new SdsSettings()),
        "scim" => (new ScimFeed(), new ScimSettings()),
        "unikum" => (new UnikumFeed(), new UnikumSettings { OrganisationId = "nordhamn" }),
        _ => (new UniloginImportFeed(), new UniloginImportSettings()),
    };
}
