using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Languages;
using Xunit;

namespace EduFunctions.Tests.Ledgers;

/// <summary>A school's name stands in a sentence as it is, in whatever language, and changes nothing else of it.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class NamedSchoolsTests
{
    public static TheoryData<string> Codes => [.. Language.All.Select(language => language.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_hold_reads_the_same_with_a_name_in_the_place_of_the_id(string code)
    {
        const string Awkward = "S:t Eriks gymn. So it is. 20 of 40 students of all schools";
        var (language, schools) = (Language.Of(code), Named((SampleRun.School, Awkward), ("20", "Tjugo"), ("", "Ingen")));

        foreach (var hold in SampleRun.Holds)
        {
            Assert.Equal(language.Told(hold.Message).Replace(SampleRun.School, Awkward), schools.In(hold.Message, language.Told));
        }
    }

    [Fact]
    public void A_short_id_is_one_only_where_a_school_stands()
    {
        const string Sentence = "20 of 40 students of school 20 would be removed (limit 20 %): they stay.";

        Assert.Equal("20 of 40 students of school Tjugo would be removed (limit 20 %): they stay.", Named(("20", "Tjugo")).In(Sentence, told => told));
        Assert.Equal(Sentence, Named(("2", "Två"), ("20", "")).In(Sentence, told => told));
    }

    private static NamedSchools Named(params (string Id, string Name)[] schools) => new(schools.ToDictionary(school => school.Id, school => school.Name));
}
