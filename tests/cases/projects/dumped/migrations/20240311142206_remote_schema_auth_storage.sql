-- what db pull leaves out: triggers on auth, policies on storage
CREATE TRIGGER on_auth_user_created AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION public.handle_new_user();

insert into storage.buckets (id, name, public) values ('covers', 'covers', true) on conflict do nothing;

create policy "Covers are public"
on "storage"."objects"
as permissive
for select
to public
using ((bucket_id = 'covers'::text));

create policy "Librarians upload covers"
on "storage"."objects"
as permissive
for insert
to authenticated
with check (((bucket_id = 'covers'::text) AND public.is_librarian()));
