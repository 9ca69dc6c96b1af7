namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>What a failed rule says about a person, for who knows no codes.</summary>
internal static class RuleSentences
{
    public static string Of(string code) => code switch
    {
        "placement.unit" => "The school of the enrolment is left out itself",
        "placement.dates" => "The enrolment has not begun, or is over",
        "placement.cancelled" => "The enrolment was cancelled",
        "placement.schoolType" => "The enrolment is of a school type that is not wanted",
        "person.protected" => "The person has a protected identity",
        "person.markingUnknown" => "It is not known whether the person is protected",
        "person.abroad" => "The person lives abroad",
        "person.deceased" => "The person is deceased",
        "duty.unit" => "The school of the duty is left out itself",
        "duty.dates" => "The duty has not begun, or is over",
        "guardian.noStudent" => "No student who is handed on names the person as guardian",
        _ => "A rule fails",
    };
}
