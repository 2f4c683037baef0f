CREATE TABLE public.notifications (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    user_id UUID NOT NULL REFERENCES public.profiles(id) ON DELETE CASCADE,
    org_id UUID REFERENCES public.organisations(id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    payload JSONB NOT NULL DEFAULT '{}',
    read_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    PRIMARY KEY (id)
);
ALTER TABLE public.notifications ENABLE ROW LEVEL SECURITY;
CREATE INDEX idx_notifications_unread ON public.notifications(user_id, created_at DESC) WHERE read_at IS NULL;

CREATE POLICY "own notifications" ON public.notifications FOR SELECT TO authenticated USING (user_id = (SELECT auth.uid()));
CREATE POLICY "mark own notifications read" ON public.notifications FOR UPDATE TO authenticated USING (user_id = (SELECT auth.uid())) WITH CHECK (user_id = (SELECT auth.uid()));

REVOKE INSERT, DELETE, TRUNCATE ON public.notifications FROM anon, authenticated;

CREATE OR REPLACE FUNCTION app_private.notify_mentions() RETURNS TRIGGER
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    INSERT INTO public.notifications (user_id, kind, payload)
    SELECT m, 'mention', jsonb_build_object('comment_id', NEW.id, 'task_id', NEW.task_id)
    FROM unnest(NEW.mentions) AS m
    WHERE m <> NEW.author_id;
    RETURN NULL;
END;
$$;
CREATE TRIGGER comments_notify AFTER INSERT ON public.comments
    FOR EACH ROW WHEN (NEW.mentions <> '{}') EXECUTE FUNCTION app_private.notify_mentions();

ALTER PUBLICATION supabase_realtime ADD TABLE public.notifications;
