using System.Text;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Systems.AppleSchoolManager;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Feeds;

[Trait(Level.Name, Level.Fast)]
public sealed class DiscreetRowsTests
{
    private static readonly string[] Courses = ["course_id", "course_number", "course_name", "location_id"];
    private static readonly string[] Classes = ["class_id", "class_number", "course_id", "instructor_id", "location_id"];
    private static readonly string[] Rosters = ["roster_id", "class_id", "student_id"];

    private readonly DiscreetRows _rows = new(row => Encoding.UTF8.GetString(row).Contains("Berglund", StringComparison.Ordinal), AppleFile.Typed);

    [Fact]
    public void A_row_that_tells_of_nobody_stays_as_it_is() =>
        Assert.Equal(["7a", "Klass 7A", "maths", "", "north"], _rows.Of(Classes, ["7a", "Klass 7A", "maths", "", "north"])!);

    [Fact]
    public void A_name_that_tells_is_the_beginning_of_the_id() =>
        Assert.Equal(["0a1b2c3d4e5f", "", "0a1b2c3d", "north"], _rows.Of(Courses, ["0a1b2c3d4e5f", "", "Berglunds grupp", "north"])!);

    [Fact]
    public void A_row_whose_id_tells_goes_with_those_that_refer_to_it()
    {
        Assert.Null(_rows.Of(Courses, ["Berglund-1", "", "Stöd", "north"]));
        Assert.Null(_rows.Of(Classes, ["7a", "Stöd", "Berglund-1", "", "north"]));
        Assert.Null(_rows.Of(Rosters, ["r1", "7a", "bo"]));
        Assert.NotNull(_rows.Of(Rosters, ["r2", "7b", "bo"]));
    }

    [Fact]
    public void One_of_several_is_taken_out_and_the_rest_stays()
    {
        Assert.Null(_rows.Of(["person_id", "first_name", "last_name"], ["hugo", "Alva", "Berglund"]));
        Assert.Equal(["7a", "Klass 7A", "maths", "", "north"], _rows.Of(Classes, ["7a", "Klass 7A", "maths", "hugo", "north"])!);
        Assert.Equal(["bo", "gunhild"], _rows.Of(["sourcedId", "agentSourcedIds"], ["bo", "hugo,gunhild"])!);
    }

    [Fact]
    public void A_school_is_never_left_out() =>
        Assert.Equal(["Berglund-skolan", "Berglund"], _rows.Of(["location_id", "location_name"], ["Berglund-skolan", "Berglunds skola"])!);
}
