namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// Every object of the framework with all its columns, as its pages have them: a line per object, keys first. Behind a column's name stand <c>!</c> where it
/// is required, how many characters it takes, <c>flag</c>, <c>date</c>, <c>number</c>, <c>status</c>, <c>course</c> for what a course is called by,
/// <c>term</c> for keys of terms and nodes, <c>&gt;object</c> for the key of another, or the words of its list.
/// </summary>
internal static class LearnTables
{
    private static readonly string Source = $"data_source_key {LearnLimits.DataSourceKey}|new_data_source_key {LearnLimits.DataSourceKey}";

    private const string Phones = "h_phone_1 50|h_phone_2 50|b_phone_1 50|b_phone_2 50|m_phone 50|h_fax 50|b_fax 50";

    private static readonly string Person =
        $"external_person_key !{LearnLimits.Key}|user_id !{LearnLimits.UserId}|firstname !{LearnLimits.Name}|lastname !{LearnLimits.Name}|email {LearnLimits.Email}"
        + $"|institution_role {LearnLimits.Role}|system_role {LearnLimits.Role}|available_ind flag|row_status status|passwd {LearnLimits.Password}"
        + "|pwencryptiontype MD5,SSHA|middlename 100|othername 100|suffix 100|title 100|job_title 100|student_id 100|inst_email 254"
        + "|gender Not Disclosed,Male,Female,Other|educ_level K-8,high school,freshman,sophomore,junior,senior,graduate school,post-graduate school"
        + "|birthdate date|city 50|company 50|country 50|state 50|zip_code 50|street_1 100|street_2 100|department 100|webpage 100|pronouns 1000|pronunciation 1000"
        + $"|locale 20|domain_name 255|new_external_person_key 64|{Phones}|{Source}";

    private static readonly string CourseSide =
        "available_ind flag|allow_guest_ind flag|allow_observer_ind flag|catalog_ind flag|lockout_ind flag|use_term_availability_ind flag|locale_enforced flag"
        + "|complete flag|duration C,R,D,T,Continuous,Range,Days,Term|start_date date|end_date date|enroll_start date|enroll_end date|days_of_use number|term_key 256"
        + "|row_status status|description 4000|primary_external_node_key 256|external_association_key 64|enroll_option instructor,self,email|pace Self,Instructor"
        + $"|institution_name 255|locale 20|fee 20|abs_limit number|soft_limit number|upload_limit number|enroll_access_code 50|service_level 64|{Source}";

    private const string MembershipSide =
        "role 64|available_ind flag|row_status status|primary_instructor flag|roster_ind flag|receive_email_ind flag|bypass_date 20";

    /// <summary>By the end of the object's address; those that are referred to before those that refer.</summary>
    public static IReadOnlyList<(string Name, string Columns)> All { get; } =
    [
        ("node", $"external_node_key !255 term|name !{LearnLimits.NodeName}|parent_node_key {LearnLimits.NodeKey}|description 1000|new_external_node_key 255|{Source}"),
        ("term", "external_term_key !256 term|name !333|available_ind flag|duration Continuous,Range,Fixed|start_date date|end_date date|days_of_use number"
            + $"|row_status status|description 4000|external_parent_term_key 256|term_type a,s,t,q,i,m,u|new_external_term_key 256|{Source}"),
        ("person", Person),
        ("secondaryinstrole", $"external_person_key !64 >person|role_id !64|row_status status|{Source}"),
        ("course", $"external_course_key !{LearnLimits.Key}|course_id !{LearnLimits.CourseId} course|course_name !{LearnLimits.CourseName}"
            + "|course_experience Original,Ultra,Instructor choice|parent_course_key 64"
            + $"|template_course_key 64|new_external_course_key 64|{CourseSide}"),
        ("organization", $"external_organization_key !64|organization_id !100 course|organization_name !255|organization_experience Original,Ultra,Instructor choice"
            + $"|template_organization_key 64|new_external_organization_key 64|{CourseSide}"),
        ("userassociation", $"external_association_key !64|external_node_key !255 >node|external_user_key !64 >person|new_external_association_key 64|{Source}"),
        ("courseassociation", $"external_association_key !64|external_node_key !255 >node|external_course_key !64 >course|is_primary_association flag"
            + $"|new_external_association_key 64|{Source}"),
        ("membership", $"external_course_key !64 >course|external_person_key !64 >person|{MembershipSide}|{Source}"),
        ("organizationmembership", $"external_organization_key !64 >organization|external_person_key !64 >person|{MembershipSide}|{Source}"),
        ("associateobserver", $"external_observer_key !64 >person|external_user_key !64 >person|row_status status|{Source}"),
        ("coursecategory", "external_category_key !64|title !255|available_ind flag|frontpage_ind flag|restrict_ind flag|row_status status|description 4000"
            + $"|parent_category_key 64|new_external_category_key 64|{Source}"),
        ("coursecategorymembership", $"external_category_key !64 >coursecategory|external_course_key !64 >course|available_ind flag|row_status status|{Source}"),
    ];

    /// <summary>How many of an object's columns, from the first, are its key.</summary>
    public static int KeysOf(string name) => name is "secondaryinstrole" or "membership" or "organizationmembership" or "associateobserver" or "coursecategorymembership" ? 2 : 1;
}
